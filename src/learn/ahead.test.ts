import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StepReport } from '../core/records';
import type { Executor } from '../engine/executor';
import { createProcessorExecutor } from '../engine/processor/executor';
import type { RunState } from './checkpoint';
import { type OpenRun, openRun } from './run';
import { TINY, tinySource } from './tiny.testing';

// Steps that are asked for before the outputs of the one before are there.

let executors: Executor[] = [];
beforeEach(() => {
  executors = [];
});
afterEach(() => {
  for (const executor of executors) executor.dispose();
});

const source = tinySource(10);

async function open(from: RunState | null = null, pictures = source): Promise<OpenRun> {
  const executor = await createProcessorExecutor(1);
  executors.push(executor);
  return openRun(executor, TINY, pictures, from);
}

/** Pulls all steps, or some; with `ahead` each but the last while the one after it is under way. */
async function pull(run: OpenRun, count = Number.POSITIVE_INFINITY, ahead = false) {
  const reports: Omit<StepReport, 'imagesPerSecond'>[] = [];
  for await (const { imagesPerSecond: _, ...report } of run.train(() => ahead && reports.length + 1 < count)) {
    reports.push(report);
    if (reports.length === count) break;
  }
  return reports;
}

test('a step asked for ahead is the same step; reports come in order, each while the next is under way, but for the last', async () => {
  const [plain, ahead] = [await open(), await open()];
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
  const reports = await pull(await open());
  const first = await open();
  const before = await pull(first, 3, true);
  expect([first.settled, first.step]).toEqual([true, 3]);
  const resumed = await open(structuredClone(await first.state()));
  expect([...before, ...(await pull(resumed, 3, true))]).toEqual(reports);
});

test('it counts when nobody pulls its report', async () => {
  const run = await open();
  for await (const { step } of run.train(() => true)) {
    if (step < 2) continue;
    await expect(run.state()).rejects.toThrow('under way');
    break;
  }
  expect([run.settled, run.step]).toEqual([true, 3]);
  const reports = await pull(run);
  expect(reports.map(({ step }) => step)).toEqual([4, 5, 6]);
  const whole = await open();
  await pull(whole);
  expect(await run.state()).toEqual(await whole.state());
});

test('it is given up when the one before has diverged: that one is named, and nothing can be kept', async () => {
  const good = await open();
  await pull(good, 2);
  const state = structuredClone(await good.state());
  state.variables['query.fc.2.bias'].data[0] = Number.NaN;
  const run = await open(state);
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
    ...source,
    read: (rows: ArrayLike<number>) => (++reads > 2 ? Promise.reject(new Error('shard 0')) : source.read(rows)),
  };
  const run = await open(null, failing);
  const steps = run.train(() => true);
  expect((await steps.next()).value?.step).toBe(1);
  expect((await steps.next()).value?.step).toBe(2);
  await expect(steps.next()).rejects.toThrow('shard 0');
  expect((await run.state()).step).toBe(2);
});
