import type { Precision } from '../../src/core/config';
import { inFile } from '../../src/core/fault';
import { readSafetensors } from '../../src/core/formats/safetensors';
import type { NamedArray } from '../../src/core/records';
import type { Executor } from '../../src/engine/executor';
import { encoderWeights } from '../../src/learn/encoder';
import { QUEUE } from '../../src/learn/queue';
import { weightsFromFile } from '../../src/learn/torch_layout';
import { variableName } from '../../src/learn/weights';
import { sumInDouble } from './double_sums';
import { MOST } from './edge';
import { type Fixture, fixtureEncoder, fixtureTensor, readFixture } from './fixture';
import { LOSS_LIMIT, TENSOR_LIMIT } from './limits';
import { networkFixture } from './network_fixture';
import { type LoadBundled, replayNetwork } from './network_replay';
import { play, pointerAt } from './play';
import { relativeError, worstError } from './relative_error';
import { replaySteps } from './step_replay';

/** How far a replayed fixture of the PyTorch reference is off. */
export interface Replay {
  name: string;
  /** Worst relative error max|a - b| / max|b| of each group of tensors: of losses and all that a run or each of its steps leaves, or of embeddings and gradients. */
  errors: Record<string, number>;
  /** The tensor that is off most, where a fixture tells. */
  worst?: string;
  /** ReLUs whose input is within rounding of zero, or of ReLU6's six: the errors are those with these on the reference's side. */
  edge: number;
  ok: boolean;
  backend: string;
  executor: string;
}

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
 * Runs a reference fixture through the real step and compares losses, weights, statistics and queue; or through a bundled
 * network, and compares embeddings and gradients. Plain JavaScript and the plan are held to the whole run, the plan with at
 * most three ReLUs turned to the reference's side where rounding put them on the other; all others, and whatever `stepwise`
 * asks for, to each of their steps.
 * The executor's variables of the same names are replaced, and dropped at the end: do not replay beside an open run.
 * @throws Fault('file') when the file is no fixture.
 */
export async function replay(
  executor: Executor,
  name: string,
  bytes: ArrayBuffer,
  { precision = 'full', bundled, stepwise = executor.kind !== 'plan' && executor.backend !== 'cpu' }: Asked = {},
): Promise<Replay> {
  if (executor.backend === 'cpu') sumInDouble();
  const file = inFile(name, () => readSafetensors(bytes));
  const how = { name, backend: executor.backend, executor: executor.kind };
  const network = networkFixture(name, file.metadata, file.tensors);
  if (network) {
    if (!bundled) throw new Error('replay: a fixture of a bundled network needs its weights');
    const { worst, edge, ...errors } = await replayNetwork(
      executor,
      network,
      await bundled(network.network),
      precision,
    );
    return { ...how, errors, worst, edge, ok: errors.embeddings <= LOSS_LIMIT && errors.gradients <= TENSOR_LIMIT };
  }
  const fixture = readFixture(name, file.metadata, file.tensors);
  if (!stepwise) {
    const errors = await replayRun(executor, fixture, precision);
    const met = withinLimits(errors);
    if (met || executor.kind !== 'plan' || precision !== 'full') return { ...how, errors, edge: 0, ok: met };
    const { found, losses, after } = await replaySteps(executor, fixture, true);
    const settled = compare(fixture, readExpected(fixture), losses, after);
    return { ...how, errors: settled, edge: found.edge, ok: found.edge <= MOST && withinLimits(settled) };
  }
  const { found, losses, after } = await replaySteps(executor, fixture);
  const { worst, edge, ...errors } = found;
  const reference = Math.max(...Object.values(compare(fixture, readExpected(fixture), losses, after)));
  const ok = errors.losses <= LOSS_LIMIT && errors.tensors <= TENSOR_LIMIT && reference <= LOSS_LIMIT;
  return { ...how, errors: { ...errors, reference }, worst, edge, ok };
}

const withinLimits = ({ losses, query, key, queue }: ReturnType<typeof compare>): boolean =>
  losses <= LOSS_LIMIT && Math.max(query, key, queue) <= TENSOR_LIMIT;

interface Asked {
  precision?: Precision;
  bundled?: LoadBundled;
  stepwise?: boolean;
}

async function replayRun(executor: Executor, fixture: Fixture, precision: Precision) {
  const expected = readExpected(fixture);
  const { program, variables, feeds } = play(fixture);
  const names = Object.keys(variables);
  executor.write(variables);
  const executable = await executor.compile({ ...program, precision });
  try {
    const losses: number[] = [];
    for (let step = 0; step < fixture.config.steps; step++) losses.push((await executable.run(feeds(step))).loss[0]);
    return compare(fixture, expected, losses, await executor.read(names));
  } finally {
    executable.dispose();
    executor.drop(names);
  }
}
