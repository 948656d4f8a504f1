import { expect, test } from 'vitest';
import type { RunConfig } from '../core/config';
import { PRESETS, recipeFor } from '../core/presets';
import { schedule } from '../engine/schedule';
import type { Opening } from './begin';
import type { RunState } from './checkpoint';
import { learningEncoder, openMethod } from './methods/open';
import { amongDrawn, excludedBy, NEIGHBOURS, NOBODY } from './neighbours';
import type { OpenRun } from './run';
import { TINY } from './tiny.testing';
import { openTiny, pull, TINY_SOURCE, tinyExecutor } from './tiny_runs.testing';
import { drawStep } from './viewing/draws';
import { drawKept, openKeptViewing } from './viewing/kept';

/** Pictures 0 and 1 are each other's, and 2, 3, 4. */
const neighbours = {
  k: 2,
  lists: Int32Array.from(
    [[1], [0], [3, 4], [2, 4], [2, 3], [], [], [], [], []].flatMap(([a = NOBODY, b = NOBODY]) => [a, b]),
  ),
};

const open = (config: RunConfig, from: RunState | null = null, opening: Opening = {}): Promise<OpenRun> =>
  openTiny(config, from, TINY_SOURCE, { neighbours, ...opening });

const FROZEN: RunConfig = { ...TINY, frozen: 2, norms: 'running', keyNorm: 'eman', groups: 1, steps: 5 };

const configOf = (preset: 'moco-v2' | 'simclr' | 'triplet', change: Partial<RunConfig>): RunConfig => ({
  ...FROZEN,
  ...PRESETS[preset],
  preset,
  dim: 8,
  augmentation: recipeFor('natural', TINY.side, preset),
  ...change,
});

test.each([
  ['moco-v2', { views: 3 }],
  ['moco-v2', { views: 3, neighbours: 2 }],
  ['moco-v2', { neighbours: 2, symmetric: true, queue: 16 }],
  ['simclr', { views: 2, neighbours: 2 }],
  ['triplet', { views: 2, neighbours: 2 }],
] as const)('%s %j: taken up again it is the uninterrupted run, difference 0', async (preset, change) => {
  const config = configOf(preset, change);
  const whole = await open(config);
  const reports = await pull(whole);
  const first = await open(config);
  const before = await pull(first, 2);
  // Neighbours come from the checkpoint.
  const resumed = await open(config, await first.state(), { neighbours: null });
  expect([...before, ...(await pull(resumed))]).toEqual(reports);
  expect(await resumed.state()).toEqual(await whole.state());
  expect(NEIGHBOURS in (await whole.state()).variables).toBe('neighbours' in change);
});

test('a run that is taken up again reads no picture that was set aside meanwhile, and keeps its lists', async () => {
  const config = configOf('simclr', { neighbours: 2, steps: 12 });
  const state = await (await open(config)).state();
  const read = new Set<number>();
  const fewer = {
    ...TINY_SOURCE,
    drawn: Int32Array.of(0, 2, 3, 5, 6, 7, 8, 9),
    read: (rows: ArrayLike<number>) => {
      for (const row of Array.from(rows)) read.add(row);
      return TINY_SOURCE.read(rows);
    },
  };
  const resumed = await openTiny(config, state, fewer);
  await pull(resumed);
  expect([...read].toSorted()).toEqual([...fewer.drawn]);
  expect((await resumed.state()).variables[NEIGHBOURS]).toEqual(state.variables[NEIGHBOURS]);
});

test('pictures that were added since have no neighbours, and only themselves to leave out', () => {
  const lists = amongDrawn(neighbours, { count: 11 });
  expect([...lists.lists.subarray(0, 20)]).toEqual([...neighbours.lists]);
  expect([...excludedBy(lists, Int32Array.of(10))]).toEqual([10, NOBODY, NOBODY]);
});

test('a step on kept maps is the step on the views that they are of, but for their half precision', async () => {
  const config = configOf('moco-v2', { views: 2 });
  const [kept, fresh] = [openMethod(config), openMethod({ ...config, views: 0 })];
  const executor = await tinyExecutor();
  executor.write(kept.initial(1));
  const viewing = await openKeptViewing(executor, kept, learningEncoder(config), config, TINY_SOURCE);
  await viewing.prepare?.(() => undefined);
  const draw = drawStep(config, TINY_SOURCE, 0);
  const numbers = kept.feeds(draw, { config, learningRate: 0.1, pointer: 0 });
  const { query, key } = await viewing.views(draw);
  expect(query).not.toEqual(key);
  const onMaps = await viewing.executable.run({ ...(await viewing.feeds(draw)), ...numbers });
  executor.write(kept.initial(1));
  const onViews = await (await executor.compile(fresh.program)).run({
    'query views': query,
    'key views': key,
    ...numbers,
  });
  expect(Math.abs(onMaps.loss[0] / onViews.loss[0] - 1)).toBeLessThan(1e-3);
  expect(onMaps.loss[0]).not.toBe(onViews.loss[0]);
});

test('no derivative is taken of frozen stages', () => {
  const { program } = openMethod(configOf('moco-v2', {}));
  const backward = schedule(program).flatMap((step) =>
    step.type === 'backward' && step.node.kind === 'conv2d' ? [step.node.inputs[1]] : [],
  );
  const names = backward.map(({ attributes }) => (attributes as { name: string }).name);
  expect(names.toSorted()).toEqual(
    [2, 3]
      .flatMap((layer) => ['conv1', 'conv2', 'downsample.0'].map((name) => `query.layer${layer}.0.${name}.weight`))
      .toSorted(),
  );
});

test('the two kept views of a picture are never the same one, and all of them come up', () => {
  const rows = Int32Array.from({ length: 100 }, (_, i) => i);
  const [first, second] = drawKept({ seed: 1, views: 4 }, { step: 3, rows });
  expect(first.every((view, i) => view !== second[i] && view < 4 && second[i] < 4)).toBe(true);
  expect(new Set(first).size).toBe(4);
  expect(new Set(second).size).toBe(4);
});

test('kept views are told of one batch after another, and can be called off', async () => {
  const told: number[][] = [];
  await open(configOf('moco-v2', { views: 2 }), null, { told: (...progress) => void told.push(progress) });
  // Batches of 4 leave one of 2.
  expect(told.map(([done]) => done)).toEqual([4, 8, 10, 14, 18, 20]);
  expect(new Set(told.map(([, of]) => of))).toEqual(new Set([20]));
  const refused = open(configOf('moco-v2', { views: 2 }), null, {
    told: () => {
      throw new Error('called off');
    },
  });
  await expect(refused).rejects.toThrow('called off');
});

test('frozen weights have no key copy, no velocity and do not move', async () => {
  const run = await open(configOf('moco-v2', { views: 2 }));
  const before = (await run.state()).variables;
  await pull(run);
  const after = (await run.state()).variables;
  const frozen = Object.keys(before).filter((name) => /^query\.(conv1|bn1|layer1)/.test(name));
  expect(frozen.length).toBe(15);
  for (const name of frozen) {
    expect(after[name]).toEqual(before[name]);
    expect(before).not.toHaveProperty([name.replace('query.', 'key.')]);
    expect(before).not.toHaveProperty([name.replace('query.', 'velocity.')]);
  }
  expect(after['query.layer2.0.conv1.weight']).not.toEqual(before['query.layer2.0.conv1.weight']);
  expect(after['query.layer2.0.bn1.running_mean']).toEqual(before['query.layer2.0.bn1.running_mean']);
});
