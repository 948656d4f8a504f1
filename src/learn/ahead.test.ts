import { expect, test } from 'vitest';
import { openTiny, pull, TINY_SOURCE } from './tiny_runs.testing';

// Steps that are asked for before the outputs of the one before are there.

test('a step asked for ahead is the same step; reports come in order, each while the next is under way, but for the last', async () => {
  const [plain, ahead] = [await openTiny(), await openTiny()];
  const reports = await pull(plain);
  const under: boolean[] = [];
  const seen = [];
  for await (const { imagesPerSecond, ...report } of ahead.train(() => true)) {
    expect(imagesPerSecond).toBeGreaterThan(0);
    under.push(ahead.settled);
    seen.push(report);
    expect(ahead.step).toBe(report.step);
  }
  expect(seen).toEqual(reports);
  expect(under).toEqual([false, false, false, false, false, true]);
  expect(await ahead.state()).toEqual(await plain.state());
});

test('it is waited for before a state can be had; cut there and taken up again, the run is the uninterrupted one', async () => {
  const reports = await pull(await openTiny());
  const first = await openTiny();
  const before = await pull(first, 3, true);
  expect([first.settled, first.step]).toEqual([true, 3]);
  const resumed = await openTiny({}, await first.state());
  expect([...before, ...(await pull(resumed, 3, true))]).toEqual(reports);
});

test('it counts when nobody pulls its report', async () => {
  const run = await openTiny();
  for await (const { step } of run.train(() => true)) {
    if (step < 2) continue;
    await expect(run.state()).rejects.toThrow('under way');
    break;
  }
  expect([run.settled, run.step]).toEqual([true, 3]);
  const reports = await pull(run);
  expect(reports.map(({ step }) => step)).toEqual([4, 5, 6]);
  const whole = await openTiny();
  await pull(whole);
  expect(await run.state()).toEqual(await whole.state());
});

test('it is given up when the one before has diverged: that one is named, and nothing can be kept', async () => {
  const good = await openTiny();
  await pull(good, 2);
  const state = structuredClone(await good.state());
  state.variables['query.fc.2.bias'].data[0] = Number.NaN;
  const run = await openTiny({}, state);
  await expect(run.train(() => true).next()).rejects.toMatchObject({
    kind: 'diverged',
    message: expect.stringContaining('Step 3'),
  });
  await expect(run.state()).rejects.toMatchObject({ kind: 'diverged' });
  await expect(run.train(() => true).next()).rejects.toMatchObject({ kind: 'diverged' });
});

test('one whose pictures cannot be read fails at its own report', async () => {
  let reads = 0;
  const failing = {
    ...TINY_SOURCE,
    read: (rows: ArrayLike<number>) => (++reads > 2 ? Promise.reject(new Error('shard 0')) : TINY_SOURCE.read(rows)),
  };
  const run = await openTiny({}, null, failing);
  const steps = run.train(() => true);
  expect((await steps.next()).value?.step).toBe(1);
  expect((await steps.next()).value?.step).toBe(2);
  await expect(steps.next()).rejects.toThrow('shard 0');
  expect((await run.state()).step).toBe(2);
});
