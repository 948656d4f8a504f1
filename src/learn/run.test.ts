import { describe, expect, test } from 'vitest';
import type { RunConfig } from '../core/config';
import { expectClose, tinySource } from './tiny.testing';
import { openTiny, pull, TINY_SOURCE } from './tiny_runs.testing';

describe('a run cut and taken up again equals the uninterrupted one, difference 0', () => {
  test.each([
    ['grouped batch norm', {}, 2],
    ['the last step before the queue wraps', {}, 3],
    ['symmetric', { symmetric: true, queue: 16 }, 3],
    ['EMAN', { keyNorm: 'eman' }, 2],
  ] as [string, Partial<RunConfig>, number][])('%s', async (_, change, cut) => {
    const whole = await openTiny(change);
    const reports = await pull(whole);

    const first = await openTiny(change);
    const before = await pull(first, cut);
    const resumed = await openTiny(change, await first.state());
    expect(resumed.step).toBe(cut);
    const after = await pull(resumed);

    expect([...before, ...after]).toEqual(reports);
    expect(await resumed.state()).toEqual(await whole.state());
  });
});

test('reports come in order from step 1 to the last, with the schedule of the config', async () => {
  const run = await openTiny();
  const reports = await pull(run);
  expect(reports.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(reports[1].learningRate).toBeCloseTo(0.05 * 0.5 * (1 + Math.cos(Math.PI / 6)), 8);
  expect(await pull(run)).toEqual([]);
});

test('save, load, save is the identity', async () => {
  const run = await openTiny();
  await pull(run, 2);
  const state = await run.state();
  expect(await (await openTiny({}, state)).state()).toEqual(state);
});

test('the checkpoint holds both encoders with statistics, velocities, queue and ids', async () => {
  const run = await openTiny();
  await pull(run, 4);
  const { variables, pointer, step } = await run.state();
  const owners = new Set(Object.keys(variables).map((name) => name.split('.')[0]));
  expect(owners).toEqual(new Set(['query', 'key', 'velocity', 'queue']));
  expect(variables['query.bn1.running_var'].shape).toEqual([4]);
  expect(variables['key.fc.2.weight'].shape).toEqual([16, 8]);
  // Four batches of four into twelve rows: the first was overwritten.
  expect([step, pointer]).toEqual([4, 4]);
  expect([...variables['queue.ids'].data]).not.toContain(-1);
});

test('embedding and looking at views in between changes nothing', async () => {
  const rows = [...Array(10).keys()];
  const [plain, watched] = [await openTiny(), await openTiny()];
  const reports = await pull(plain);
  const seen = [];
  for await (const { imagesPerSecond: _, ...report } of watched.train()) {
    const before = await watched.state();
    await watched.embed(rows);
    await watched.embedViews(rows, 1);
    await watched.views(watched.step);
    expect(await watched.state()).toEqual(before);
    seen.push(report);
  }
  expect(seen).toEqual(reports);
  expect(await watched.state()).toEqual(await plain.state());
});

test('an embedding is of its picture alone, by inference norm, whatever is embedded with it', async () => {
  const run = await openTiny({}, null, tinySource(70));
  await pull(run, 1);
  const done: number[] = [];
  // 70 rows: a full batch of 64, and 6 that are filled up and cut.
  const all = await run.embed(
    Array.from({ length: 70 }, (_, i) => i),
    (count) => void done.push(count),
  );
  expect([all.length, run.dim, done]).toEqual([70 * 16, 16, [64, 70]]);
  for (const row of [0, 37, 69]) {
    const alone = await run.embed([row]);
    expectClose(alone, all.subarray(row * 16, (row + 1) * 16));
  }
  expect(await run.embed([])).toEqual(new Float32Array(0));
});

test('the two frozen views differ, and are the same at every step of the run', async () => {
  const run = await openTiny({ learningRate: 1e-12, weightDecay: 0, groups: 1 });
  const [one, two] = [await run.embedViews([0, 1, 2], 0), await run.embedViews([0, 1, 2], 1)];
  expect(one).not.toEqual(two);
  expect(await run.embedViews([0, 1, 2], 0)).toEqual(one);
  expect((await run.embedViews([2, 0], 0)).subarray(16)).toEqual(one.subarray(0, 16));
});

test('views(step) shows the pictures of that step, before and after it', async () => {
  const run = await openTiny();
  const before = await run.views(0);
  await pull(run, 1);
  expect(await run.views(0)).toEqual(before);
  expect([before.side, before.rows.length, before.query.length]).toEqual([8, 4, 4 * 8 * 8 * 4]);
  const { variables } = await run.state();
  expect([...variables['queue.ids'].data.subarray(0, 4)]).toEqual(before.rows);
});

test('a loss that is not a number stops the run at that step, and nothing of it can be kept', async () => {
  const good = await openTiny();
  await pull(good, 2);
  const state = structuredClone(await good.state());
  state.variables['query.fc.2.bias'].data[0] = Number.NaN;
  const run = await openTiny({}, state);
  await expect(run.train().next()).rejects.toMatchObject({
    kind: 'diverged',
    message: expect.stringContaining('Step 3'),
  });
  await expect(run.state()).rejects.toMatchObject({ kind: 'diverged' });
  await expect(run.train().next()).rejects.toMatchObject({ kind: 'diverged' });
});

test('a weight that is not a number is not kept, even while the loss still is one', async () => {
  const run = await openTiny({ learningRate: 1e39, warmup: 0 });
  const first = await run.train().next();
  expect(Number.isFinite(first.value?.loss)).toBe(true);
  await expect(run.state()).rejects.toMatchObject({
    kind: 'diverged',
    advice: expect.stringContaining('learning rate'),
  });
});

test('a state of another encoder is refused before anything is written', async () => {
  const state = await (await openTiny()).state();
  await expect(openTiny({ dim: 16 }, state)).rejects.toMatchObject({ kind: 'data' });
  const { 'queue.ids': _, ...rest } = state.variables;
  await expect(openTiny({}, { ...state, variables: rest })).rejects.toThrow("'queue.ids' is missing");
});

test('a run extended equals one that was longer from the start, where the schedule does not look at the end', async () => {
  const even: Partial<RunConfig> = { schedule: 'constant', warmup: 0, keyMomentum: [0.9, 0.9] };
  const [short, long] = [await openTiny({ ...even, steps: 2 }), await openTiny({ ...even, steps: 4 })];
  const reports = await pull(short);
  short.extend(2);
  expect(short.config.steps).toBe(4);
  expect([...reports, ...(await pull(short))]).toEqual(await pull(long));
  expect(await short.state()).toEqual(await long.state());
  expect(() => short.extend(0)).toThrow('0 steps');
});

test('extended by 3 a run ends 3 steps on: one that was stopped before its end, and one without an end', async () => {
  const stopped = await openTiny({ steps: 100 });
  await pull(stopped, 2);
  stopped.extend(3);
  expect(stopped.end).toBe(5);
  const endless = await openTiny({ steps: null });
  await pull(endless, 2);
  endless.coolDown();
  endless.extend(3);
  expect(endless.end).toBe(5);
});

test('an open-ended run ends with a cool-down to rate 0 when asked, also across a resume', async () => {
  const run = await openTiny({ steps: null });
  await pull(run, 3);
  run.coolDown();
  const { from, steps } = (await run.state()).coolDown ?? { from: -1, steps: -1 };
  expect(from).toBe(3);
  expect(run.end).toBe(3 + steps);
  const resumed = await openTiny({ steps: null }, await run.state());
  expect(resumed.end).toBe(run.end);
  const [next, after] = await pull(resumed, 2);
  expect(after.learningRate / (5 / 60)).toBeLessThan(next.learningRate / (4 / 60));
  const bound = await openTiny();
  expect(() => bound.coolDown()).toThrow('step 6');
});

test('a source that cannot read fails the step that needs it, not the one before', async () => {
  let reads = 0;
  const failing = {
    ...TINY_SOURCE,
    read: (rows: ArrayLike<number>) => (++reads > 2 ? Promise.reject(new Error('shard 0')) : TINY_SOURCE.read(rows)),
  };
  const run = await openTiny({}, null, failing);
  const steps = run.train();
  expect((await steps.next()).value?.step).toBe(1);
  expect((await steps.next()).value?.step).toBe(2);
  await expect(steps.next()).rejects.toThrow('shard 0');
  expect((await run.state()).step).toBe(2);
});
