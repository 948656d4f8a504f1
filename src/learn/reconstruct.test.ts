import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Preset, RunConfig } from '../core/config';
import { PRESETS, recipeFor } from '../core/presets';
import type { Executor } from '../engine/executor';
import { createProcessorExecutor } from '../engine/processor/executor';
import { walkAlong } from './latent_walk';
import { reconstructState } from './reconstruct';
import { type OpenRun, openRun } from './run';
import { TINY, tinySource } from './tiny.testing';

let executor: Executor;
beforeEach(async () => {
  executor = await createProcessorExecutor(1);
});
afterEach(() => executor.dispose());

const source = tinySource(10);
const configOf = (preset: Preset): RunConfig => ({
  ...TINY,
  ...PRESETS[preset],
  preset,
  dim: 8,
  groups: 1,
  augmentation: recipeFor('natural', TINY.side, preset),
});

async function trained(preset: Preset, steps: number): Promise<OpenRun> {
  const run = await openRun(executor, configOf(preset), source, null);
  for await (const { step } of run.train()) if (step === steps) break;
  return run;
}

const ANYWHERE = { row: null, dimension: null };

test('looking in between changes nothing, and the checkpoint shows the same when the run is closed', async () => {
  const run = await trained('vae', 2);
  const state = structuredClone(await run.state());
  const seen = await run.reconstruct([7], { row: 7, dimension: 3 });
  expect(await run.state()).toEqual(state);
  run.dispose();
  const again = await reconstructState(executor, configOf('vae'), source, state, [7], { row: 7, dimension: 3 });
  expect(again).toEqual(seen);
  expect(seen?.rows.slice(0, 3)).toEqual([7, 0, 1]);
  expect(seen?.latent?.walk).toMatchObject({ row: 7, dimension: 3 });
  expect(seen?.latent?.divergence.every((nats) => nats >= 0)).toBe(true);
  // Reading waits for everything asked for before.
  await executor.read([]);
  expect(executor.bytesHeld()).toBe(0);
});

test('an autoencoder shows pictures beside what came back, a denoising one also what it was shown', async () => {
  const picture = 8 * 8 * 4;
  for (const preset of ['ae', 'dae'] as const) {
    const run = await trained(preset, 1);
    const seen = await run.reconstruct([], ANYWHERE);
    expect([seen?.rows.length, seen?.originals.length, seen?.made.length]).toEqual([10, 10 * picture, 10 * picture]);
    expect(seen?.latent).toBe(null);
    if (preset === 'ae') expect(seen?.shown).toBe(null);
    else expect(seen?.shown).not.toEqual(seen?.originals);
    run.dispose();
  }
});

test('what compares views gives nothing back', async () => {
  const run = await openRun(executor, TINY, source, null);
  expect(await run.reconstruct([], ANYWHERE)).toBe(null);
});

test('a walk moves one dimension of one code from -3 to 3', () => {
  const codes = Float32Array.of(1, 2, 3, 4, 5, 6);
  const walk = walkAlong([4, 9], codes, Float32Array.of(0.1, 2, 0.3), { row: 9, dimension: 0 });
  expect(walk.values[0]).toBe(-3);
  expect(walk.values[6]).toBe(0);
  expect(walk.values.at(-1)).toBe(3);
  expect(walk.codes.slice(0, 3)).toEqual([-3, 5, 6]);
  // Left to itself it takes the first picture and the dimension that says most; so it does for what is not there.
  for (const request of [ANYWHERE, { row: 5, dimension: 7 }])
    expect(walkAlong([4, 9], codes, Float32Array.of(0.1, 2, 0.3), request)).toMatchObject({ row: 4, dimension: 1 });
});
