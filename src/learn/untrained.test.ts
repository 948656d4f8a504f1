import { expect, test } from 'vitest';
import { createProcessorExecutor } from '../engine/processor/executor';
import { centreCrops } from './augment/views';
import { architecture } from './backbones/architecture';
import { openRun } from './run';
import { expectClose, TINY, tinySource } from './tiny.testing';
import { calibrateProgram, openUntrained } from './untrained';

const rows = [...Array(10).keys()];
const source = tinySource(10);

test('the untrained encoder is the one a run with the same seed starts from, with its statistics filled', async () => {
  const executor = await createProcessorExecutor(1);
  const untrained = await openUntrained(executor, TINY, TINY, source);
  const filled = await untrained.embed(rows);
  expect(filled.length).toBe(10 * untrained.dim);
  expect(filled.every(Number.isFinite)).toBe(true);
  // Under EMAN a run fills its statistics from the same pictures before its first step.
  const run = await openRun(executor, { ...TINY, keyNorm: 'eman' }, source, null);
  expect(await run.embed(rows)).toEqual(filled);
  const { variables } = await run.state();
  expect(variables['key.bn1.running_var']).toEqual(variables['query.bn1.running_var']);
  executor.dispose();
});

test('beside a run it changes nothing of it, and takes its variables with it', async () => {
  const executor = await createProcessorExecutor(1);
  const run = await openRun(executor, TINY, source, null);
  const before = await run.state();
  const held = executor.bytesHeld();
  const untrained = await openUntrained(executor, TINY, TINY, source);
  await untrained.embedViews(rows, 0);
  expect(await run.state()).toEqual(before);
  untrained.dispose();
  // Reading waits for everything asked for before.
  await run.state();
  expect(executor.bytesHeld()).toBe(held);
  executor.dispose();
});

test('it and every run are evaluated by the same frozen views, whatever a run is trained on', async () => {
  const executor = await createProcessorExecutor(1);
  const untrained = await openUntrained(executor, TINY, TINY, source);
  const augmentation = { ...TINY.augmentation, crop: [0.9, 1] as const, noise: 0.2 };
  const run = await openRun(executor, { ...TINY, keyNorm: 'eman', augmentation }, source, null);
  for (const view of [0, 1] as const)
    expect(await run.embedViews(rows, view)).toEqual(await untrained.embedViews(rows, view));
  const overhead = await openUntrained(executor, TINY, { ...TINY, recipe: 'overhead' }, source);
  expect(await overhead.embedViews(rows, 0)).not.toEqual(await run.embedViews(rows, 0));
  executor.dispose();
});

test('running means go 1 - 0.9^20 of the way from 0 to those of the pictures', async () => {
  const executor = await createProcessorExecutor(1);
  // All ten pictures are in every pass, so every pass sees the same mean; one pass goes a tenth of the way.
  const untrained = await openUntrained(executor, TINY, TINY, source);
  const statistic = 'untrained.bn1.running_mean';
  const after = (await executor.read([statistic]))[statistic];
  executor.write({ [statistic]: { shape: after.shape, data: new Float32Array(after.data.length) } });
  const pass = await executor.compile(calibrateProgram(architecture(TINY), 'untrained', TINY.side, 10));
  await pass.run({ pictures: centreCrops(await source.read(rows), source.side, 10, TINY.side) });
  const once = (await executor.read([statistic]))[statistic];
  expectClose(
    after.data,
    Array.from(once.data, (mean: number) => (mean * (1 - 0.9 ** 20)) / 0.1),
  );
  untrained.dispose();
  executor.dispose();
});
