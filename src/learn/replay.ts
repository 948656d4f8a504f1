import type { Precision } from '../core/config';
import type { NamedArray } from '../core/records';
import type { Executor } from '../engine/executor';
import { encoderWeights } from './encoder';
import { type Fixture, fixtureEncoder, fixtureTensor, readFixture } from './fixture';
import { play, pointerAt } from './play';
import { QUEUE } from './queue';
import { relativeError, worstError } from './relative_error';
import { weightsFromFile } from './torch_layout';
import { variableName } from './weights';

/** Worst relative error, max |a - b| / max |b| a tensor, of each group of a replayed fixture. */
export interface Replayed {
  name: string;
  losses: number;
  query: number;
  key: number;
  queue: number;
  ok: boolean;
  backend: string;
  executor: string;
}

const LOSS_LIMIT = 1e-3;
const TENSOR_LIMIT = 2e-3;

/** What the reference came out with; the last three are MoCo's. */
interface Expected {
  losses: ArrayLike<number>;
  query: Record<string, NamedArray>;
  key?: Record<string, NamedArray>;
  queue?: ArrayLike<number>;
  pointer?: number;
}

function readExpected(fixture: Fixture): Expected {
  const { steps, queueSize, dim, method } = fixture.config;
  const specs = encoderWeights(fixtureEncoder(fixture.config));
  const encoder = (owner: string) => weightsFromFile(fixture.name, fixture.tensors, `expected.${owner}.`, specs);
  const losses = fixtureTensor(fixture, 'expected.losses', 'F32', [steps]);
  if (method === 'simclr') return { losses, query: encoder('query') };
  return {
    losses,
    query: encoder('query'),
    key: encoder('key'),
    queue: fixtureTensor(fixture, 'expected.queue', 'F32', [queueSize, dim]),
    pointer: fixtureTensor(fixture, 'expected.pointer', 'I32', [1])[0],
  };
}

/** Errors of the groups; the queue's is infinite when its pointer is elsewhere. */
function compare(fixture: Fixture, expected: Expected, losses: number[], after: Record<string, NamedArray>) {
  const owned = (owner: string, weights: Record<string, NamedArray>) =>
    worstError(
      Object.fromEntries(Object.keys(weights).map((name) => [name, after[variableName(owner, name)]])),
      weights,
    );
  const moved = expected.queue && expected.pointer !== pointerAt(fixture.config, fixture.config.steps);
  return {
    losses: relativeError(losses, expected.losses),
    query: owned('query', expected.query),
    key: expected.key ? owned('key', expected.key) : 0,
    queue: moved ? Number.POSITIVE_INFINITY : expected.queue ? relativeError(after[QUEUE].data, expected.queue) : 0,
  };
}

/**
 * Runs a reference fixture through the real step and compares losses, weights, statistics and queue.
 * The executor's variables of the same names are replaced, and dropped at the end: do not replay beside an open run.
 * @throws Fault('file') when the file is no fixture.
 */
export async function replay(
  executor: Executor,
  name: string,
  bytes: ArrayBuffer,
  precision: Precision = 'full',
): Promise<Replayed> {
  const fixture = readFixture(name, bytes);
  const expected = readExpected(fixture);
  const { program, variables, feeds } = play(fixture);
  const names = Object.keys(variables);
  executor.write(variables);
  const executable = await executor.compile({ ...program, precision });
  try {
    const losses: number[] = [];
    for (let step = 0; step < fixture.config.steps; step++) losses.push((await executable.run(feeds(step))).loss[0]);
    const errors = compare(fixture, expected, losses, await executor.read(names));
    const worst = Math.max(errors.query, errors.key, errors.queue);
    const ok = errors.losses <= LOSS_LIMIT && worst <= TENSOR_LIMIT;
    return { name, ...errors, ok, backend: executor.backend, executor: executor.kind };
  } finally {
    executable.dispose();
    executor.drop(names);
  }
}
