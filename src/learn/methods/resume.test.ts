import { expect, test } from 'vitest';
import type { MethodName, Preset, RunConfig } from '../../core/config';
import { DIAGNOSTICS_OF } from '../../core/methods';
import { PRESETS, recipeFor } from '../../core/presets';
import { TINY } from '../tiny.testing';
import { openTiny, pull } from '../tiny_runs.testing';

const configOf = (preset: Preset): Partial<RunConfig> => ({
  ...PRESETS[preset],
  preset,
  dim: 8,
  groups: 1,
  steps: 5,
  augmentation: recipeFor('natural', TINY.side, preset),
});

test.each([
  ['simclr', {}],
  ['simclr', { decoupled: true }],
  ['triplet', {}],
  ['ae', {}],
  ['dae', {}],
  ['vae', {}],
] as [Exclude<MethodName, 'moco'>, Partial<RunConfig>][])(
  '%s %j: a run cut and taken up again equals the uninterrupted one, difference 0',
  async (method, change) => {
    const config = { ...configOf(method), ...change };
    const whole = await openTiny(config);
    const reports = await pull(whole);
    const first = await openTiny(config);
    const before = await pull(first, 2);
    const resumed = await openTiny(config, await first.state());
    expect([...before, ...(await pull(resumed))]).toEqual(reports);
    expect(await resumed.state()).toEqual(await whole.state());
    const named = Object.keys(reports[0]).filter((key) => !['step', 'loss', 'learningRate'].includes(key));
    expect(named.toSorted()).toEqual(DIAGNOSTICS_OF[method].toSorted());
    expect((await whole.state()).pointer).toBe(0);
  },
);

test('an autoencoder is shown one view of each picture and asked for it; a denoising one is shown less', async () => {
  const [plain, denoising] = [await openTiny(configOf('ae')), await openTiny(configOf('dae'))];
  const [seen, corrupted] = [await plain.views(0), await denoising.views(0)];
  expect(seen.query).toEqual(seen.key);
  expect(corrupted.key).toEqual(seen.key);
  expect(corrupted.query).not.toEqual(corrupted.key);
});

test('every method is embedded by the backbone under its own views, and evaluated by the same ones', async () => {
  const [run, moco] = [await openTiny(configOf('vae')), await openTiny({ ...configOf('moco-v2'), queue: 12 })];
  // Fresh encoders with one seed are one encoder: only what they are shown could make a difference.
  expect(await run.embed([0, 1])).toEqual(await moco.embed([0, 1]));
  expect(await run.embedViews([0, 1], 1)).toEqual(await moco.embedViews([0, 1], 1));
});
