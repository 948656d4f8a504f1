import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../core/config';
import { recipeFor } from '../../core/presets';
import { birds } from '../../page/fakeParts.testing';
import { settle, withPreset } from './settings';

const device = { imagesPerSecond: 500, keepsHalf: false };

const config = (edited: Partial<RunConfig> = {}): RunConfig => {
  const settled = settle(birds, device, edited).config;
  if (!settled) throw new Error('no config');
  return settled;
};

describe('settings', () => {
  it('refuse half precision where what trains cannot keep it, and take it elsewhere', () => {
    const fields = (keepsHalf: boolean) =>
      settle(birds, { ...device, keepsHalf }, { precision: 'half' }).problems.map(({ field }) => field);
    expect(fields(false)).toEqual(['precision']);
    expect(fields(true)).toEqual([]);
    expect(settle(birds, device, {}).problems).toEqual([]);
  });

  it('are none without pictures', () => {
    expect(settle(null, device, {}).config).toBe(null);
    expect(settle({ ...birds, count: 0 }, device, {}).config).toBe(null);
  });

  it('follow what was set by hand: a new batch fits at once', () => {
    for (const batch of [2, 6, 10, 32, 100]) {
      const { config: followed, problems } = settle(birds, device, { batch });
      expect(problems).toEqual([]);
      expect((followed?.learningRate ?? 0) / batch).toBeCloseTo(config().learningRate / config().batch, 12);
    }
    expect(settle(birds, device, { batch: 32, symmetric: true }).problems).toEqual([]);
  });

  it('never change what was set by hand, and say when it does not fit', () => {
    const { config: kept, problems } = settle(birds, device, { batch: 10, queue: 64 });
    expect(kept?.queue).toBe(64);
    expect(problems.map(({ field }) => field)).toEqual(['queue']);
  });

  it('give up a preset’s own values for another preset’s, and no others', () => {
    const edited = withPreset({ temperature: 0.5, batch: 16, head: 'mlp' }, 'moco-v1');
    expect(edited).toEqual({ preset: 'moco-v1', batch: 16 });
    expect(config(edited).head).toBe('linear');
  });

  it('take the recipe by its name until its values are set', () => {
    const { side, preset } = config({ start: null });
    expect(config({ recipe: 'overhead', start: null }).augmentation).toEqual(recipeFor('overhead', side, preset));
    const own = { ...recipeFor('grey', side, preset), noise: 0.2 };
    expect(config({ recipe: 'overhead', augmentation: own }).augmentation).toEqual(own);
  });

  it('fit every method from every network, frozen or not, whatever the size of the pictures', () => {
    const photos = { ...birds, medianSide: 160, storedSide: 160 };
    const digits = { ...birds, medianSide: 20, storedSide: 40 };
    for (const pictures of [photos, digits])
      for (const preset of ['moco-v2', 'simclr', 'triplet', 'ae', 'dae', 'vae'] as const)
        for (const bundled of ['inception-v3', 'mobilenet-v2'] as const)
          for (const frozen of [undefined, 0, 3]) {
            const edited = { preset, start: { bundled }, ...(frozen === undefined ? {} : { frozen }) };
            const { config: fitted, problems } = settle(pictures, device, edited);
            expect(problems).toEqual([]);
            expect(fitted?.start).toEqual({ bundled });
          }
  });

  it('keep views of each picture only where steps are enough to gain by them, whoever chose to', () => {
    expect(config().views).toBeGreaterThan(0);
    for (const views of [undefined, 10]) expect(config({ steps: 1, ...(views && { views }) }).views).toBe(0);
    expect(config({ views: 0 }).views).toBe(0);
  });

  it('say of a value set by hand what it would have been', () => {
    expect(settle(birds, device, { temperature: 0.7 }).reasons.temperature).toMatch(
      /^Set by you; 0\.2 would .* here: the paper/,
    );
    expect(settle(birds, device, {}).reasons.temperature).not.toMatch(/Set by you/);
  });
});
