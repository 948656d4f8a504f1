import { describe, expect, test } from 'vitest';
import { replay } from '../../bench/parity/replay';
import type { Preset, RunConfig } from '../core/config';
import { PRESETS, recipeFor } from '../core/presets';
import { Draws } from '../core/random';
import type { NamedArray } from '../core/records';
import type { Executor } from '../engine/executor';
import { openGraphics } from '../engine/graphics';
import { createPlanExecutor } from '../engine/plan/executor';
import { HARDWARE, SOFTWARE } from '../engine/plan/tune/tuning';
import { createProcessorExecutor } from '../engine/processor/executor';
import { createTensorflowExecutor } from '../engine/tensorflow/executor';
import { resnet } from './backbones/resnet';
import { embedProgram } from './embed';
import { encoderWeights } from './encoder';
import { initialWeights } from './initial';
import { openRun } from './run';
import { expectClose, TINY, tinySource } from './tiny.testing';
import { variableName } from './weights';

const { device } = await openGraphics();
/** The least that any card has: 128 MB bound, 8 buffers a kernel, 16 KB for a workgroup, no features. */
const least = await ((await navigator.gpu.requestAdapter()) as GPUAdapter).requestDevice();
/** Software takes a second to compile each tiled kernel, several on a busy machine. */
const COMPILING = 400_000;
// moco-v1 has the same kernels as moco-v2, and one layer less.
const FIXTURES = ['moco-v2', 'moco-v2-symmetric', 'moco-v2-split-bn', 'simclr'];

async function fixture(name: string): Promise<ArrayBuffer> {
  return (await fetch(new URL(`../../e2e/fixtures/${name}.safetensors`, import.meta.url))).arrayBuffer();
}

/** Keep their pipelines from run to run, and nothing else. */
const shared = createPlanExecutor(device);
const card = createPlanExecutor(least, HARDWARE);

// The recorded plan makes the reference's steps; some also as a graphics card runs them.
describe.each([
  ['fused', shared, FIXTURES],
  ["a graphics card's, on the least of cards", card, ['moco-v2-split-bn']],
])('%s', (_, executor, fixtures) => {
  test.each(fixtures)(
    '%s: losses, weights, statistics and queue equal the PyTorch reference',
    async (name) => {
      const result = await replay(executor, name, await fixture(name));
      expect(result).toMatchObject({ ok: true, executor: 'plan' });
      expect(result.errors.losses).toBeLessThan(1e-4);
    },
    COMPILING,
  );
});

interface Training {
  timed?: boolean;
  ahead?: boolean;
  config?: RunConfig;
  on?: Executor;
}

async function trained(
  from: Parameters<typeof openRun>[3],
  steps: number,
  { timed = false, ahead = false, config = TINY, on = shared }: Training = {},
) {
  const run = await openRun(on, config, tinySource(12), from);
  const losses: number[] = [];
  for await (const { loss, step } of run.train(() => ahead && run.step + 1 < steps)) {
    losses.push(loss);
    if (step === steps) break;
    if (timed) run.costs.timeNext();
  }
  const state = await run.state();
  run.dispose();
  return { losses, state };
}

test('a network whose variables exceed one buffer learns as it does in one', async () => {
  const config = { ...TINY, width: 8 as 16 };
  const { losses, state } = await trained(null, 3, { config });
  const bytes = Object.values(state.variables).reduce((sum, { data }) => sum + data.byteLength, 0);
  const divided = await trained(null, 3, { config, on: createPlanExecutor(device, SOFTWARE, { room: bytes / 2 }) });
  expect(divided).toEqual({ losses, state });
});

test('two runs, and a run cut and taken up again, differ by nothing', async () => {
  const [once, again] = [await trained(null, 6), await trained(null, 6)];
  expect(again).toEqual(once);
  const half = await trained(null, 3);
  const rest = await trained(half.state, 6);
  expect([...half.losses, ...rest.losses]).toEqual(once.losses);
  expect(rest.state).toEqual(once.state);
});

test('steps asked for ahead are the same steps, and so are those of a run cut there', async () => {
  const once = await trained(null, 6);
  expect(await trained(null, 6, { ahead: true })).toEqual(once);
  const half = await trained(null, 3, { ahead: true });
  const rest = await trained(half.state, 6, { ahead: true });
  expect([...half.losses, ...rest.losses]).toEqual(once.losses);
  expect(rest.state).toEqual(once.state);
});

const methods: Preset[] = ['ae', 'dae', 'vae'];
test.each(methods)(
  '%s: its views are made where the step is, and a run cut and taken up again differs by nothing',
  async (preset) => {
    const augmentation = recipeFor('natural', TINY.side, preset);
    const config = { ...TINY, ...PRESETS[preset], preset, dim: 8, groups: 1, steps: 4, augmentation };
    const once = await trained(null, 4, { config });
    const half = await trained(null, 2, { config, ahead: true });
    const rest = await trained(half.state, 4, { config, ahead: true });
    expect([...half.losses, ...rest.losses]).toEqual(once.losses);
    expect(rest.state).toEqual(once.state);
  },
);

test('the views of a step are shown as the reference draws them, before, while and after it is taken', async () => {
  const [executor, reference] = [createPlanExecutor(device), await createTensorflowExecutor('cpu')];
  const run = await openRun(executor, TINY, tinySource(12), null);
  const drawn = await (await openRun(reference, TINY, tinySource(12), null)).views(1);
  const before = await run.views(1);
  const steps = run.train(() => true);
  await steps.next();
  expect(run.settled).toBe(false);
  expect(await run.views(1)).toEqual(before);
  await steps.next();
  expect(await run.views(1)).toEqual(before);
  await steps.return(undefined);
  const ids = (await run.state()).variables['queue.ids'].data;
  expect([...ids.subarray(4, 8)]).toEqual(before.rows);
  expect(drawn.rows).toEqual(before.rows);
  for (const view of ['query', 'key'] as const)
    before[view].forEach((value, i) => {
      // A byte of rounding either way.
      expect(Math.abs(value - drawn[view][i])).toBeLessThanOrEqual(1);
    });
  run.dispose();
  executor.dispose();
  reference.dispose();
});

test('steps whose time is taken are the same steps, and every kernel has its time', async () => {
  expect(await trained(null, 6, { timed: true })).toEqual(await trained(null, 6));
  const executor = createPlanExecutor(device);
  const run = await openRun(executor, TINY, tinySource(12), null);
  run.costs.timeNext();
  await run.train().next();
  const { report, kernels, timedSteps } = run.costs;
  run.dispose();
  executor.dispose();
  expect(timedSteps).toBe(1);
  expect(kernels?.reduce((sum, { launches }) => sum + launches, 0)).toBe(report?.dispatches);
  expect(kernels?.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeGreaterThan(0);
});

test(
  'a training of 8 steps has the losses of the plan for processors, tuned for a graphics card',
  async () => {
    // The fixture's sizes, and so its kernels.
    const sizes = { side: 16, batch: 16, width: 8 as 16, dim: 32, queue: 48, groups: 4, temperature: 0.1 };
    const config = { ...TINY, ...sizes, augmentation: recipeFor('natural', 16, 'moco-v2'), steps: 8 };
    const losses = async (executor: Executor) => {
      const run = await openRun(executor, config, tinySource(32), null);
      const made: number[] = [];
      for await (const { loss } of run.train()) made.push(loss);
      run.dispose();
      return made;
    };
    const reference = await losses(await createProcessorExecutor(1));
    expect(reference).toHaveLength(8);
    for (const [step, loss] of (await losses(card)).entries())
      expect(Math.abs(loss - reference[step])).toBeLessThan(1e-3);
  },
  COMPILING,
);

test('embeddings are the reference’s, with frozen norms in the convolutions or behind them', async () => {
  const backbone = resnet({ block: 'basic', blocks: [1, 1, 1], width: 4, stem: 'cifar' });
  const encoder = { backbone, head: 'linear', dim: 8 } as const;
  const program = embedProgram(encoder, 'query', 12, 3);
  const drawn = new Draws({ seed: 5, purpose: 'sample' });
  // No norm at its start: means and variances as of a network that has learned.
  const weights = Object.fromEntries(
    Object.entries(initialWeights(encoderWeights(encoder), 1)).map(([name, { shape, data }]) => [
      variableName('query', name),
      { shape, data: data.map((value) => (data.every((other) => other === value) ? 0.5 + drawn.uniform() : value)) },
    ]),
  );
  const pictures = Float32Array.from({ length: 3 * 12 * 12 * 3 }, () => drawn.normal());
  const embedded = async (executor: Executor) => {
    executor.write(weights);
    const executable = await executor.compile(program);
    const { embeddings } = await executable.run({ pictures });
    const dispatches = executable.report?.dispatches;
    executor.dispose();
    return { embeddings, dispatches };
  };
  const unfolded = { ...SOFTWARE, fuse: { ...SOFTWARE.fuse, folded: false } };
  const folded = await embedded(createPlanExecutor(device));
  const apart = await embedded(createPlanExecutor(device, unfolded));
  const { embeddings } = await embedded(await createTensorflowExecutor('cpu'));
  expectClose(folded.embeddings, apart.embeddings, 6);
  expectClose(folded.embeddings, embeddings, 4);
  // A convolution of the stem, two of each block, two shortcuts: each is one launch, and one pools.
  expect(folded.dispatches).toBe(1 + 3 * 2 + 2 + 1);
  expect(apart.dispatches).toBe(2 * (1 + 3 * 2 + 2) + 1);
});

test('a state holds the same variables as the reference’s', async () => {
  const { state } = await trained(null, 1);
  const executor = await createTensorflowExecutor('cpu');
  const run = await openRun(executor, TINY, tinySource(12), null);
  const own = (await run.state()).variables;
  const shapes = (variables: Readonly<Record<string, NamedArray>>) =>
    Object.fromEntries(Object.entries(variables).map(([name, { shape }]) => [name, shape]));
  expect(shapes(state.variables)).toEqual(shapes(own));
  run.dispose();
  executor.dispose();
});

test('a step that the device has no room for is refused with the batch that would fit, and that one runs', async () => {
  const executor = createPlanExecutor(device, SOFTWARE, { room: 90_000 });
  const open = (batch: number) => openRun(executor, { ...TINY, batch, queue: 64, groups: 1 }, tinySource(64), null);
  const refused = (batch: number) => open(batch).catch(({ kind, message, advice }) => ({ kind, message, advice }));
  const fault = await refused(64);
  expect(fault).toMatchObject({ kind: 'memory', message: expect.stringContaining('no room for 64 pictures a step') });
  expect(executor.bytesHeld()).toBe(0);
  const fitting = Number(/A batch of (\d+) should fit/.exec('advice' in fault ? fault.advice : '')?.[1]);
  expect(await refused(2 * fitting)).toMatchObject({ kind: 'memory' });
  const run = await open(fitting);
  expect((await run.train().next()).value?.step).toBe(1);
  run.dispose();
  executor.dispose();
});
