import { describe, expect, it } from 'vitest';
import type { Preset, RunConfig } from '../config';
import { chooseDefaults } from '../defaults';
import type { Run } from '../records';
import { differingSettings } from './differences';
import { runNames } from './names';

const config = (preset: Preset, values: Partial<RunConfig> = {}): RunConfig => ({
  ...chooseDefaults({ count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 }, preset, 0, null),
  ...values,
});

describe('settings that differ', () => {
  it('are those of runs that have them, in words', () => {
    const runs = [
      config('moco-v2', { learningRate: 0.03 }),
      config('moco-v2', { learningRate: 0.06, symmetric: true }),
    ];
    expect(differingSettings(runs)).toEqual(['symmetric no, learning rate 0.03', 'symmetric yes, learning rate 0.06']);
  });

  it('leave out what a method has no use for, and what has a column of its own', () => {
    const runs = [config('moco-v2', { keyMomentum: [0.9, 0.99], batch: 8 }), config('simclr', { learningRate: 0.03 })];
    const [ours, theirs] = differingSettings(runs);
    expect(`${ours} ${theirs}`).not.toMatch(/key momentum|batch|queue/);
    expect(theirs).toContain('head mlp-norm');
  });

  it('say up to which layer a run was frozen; what it started from, its name says', () => {
    const start = { name: 'birds.safetensors', sha256: 'ab' };
    expect(differingSettings([config('ae', { start, frozen: 2 }), config('ae')])).toEqual([
      'frozen up to layer1',
      'frozen none',
    ]);
  });

  it('are none where nothing differs', () => {
    expect(differingSettings([config('ae'), config('ae')])).toEqual(['', '']);
    expect(differingSettings([])).toEqual([]);
  });
});

it('runs are called by their methods, and numbered by age where there are several of one', () => {
  const run = (id: string, preset: Preset, createdAt: number) => ({ id, config: config(preset), createdAt }) as Run;
  const names = runNames([run('c', 'ae', 3), run('b', 'moco-v2', 2), run('a', 'ae', 1)]);
  expect(['a', 'b', 'c'].map((id) => names.get(id))).toEqual(['Autoencoder, run 1', 'MoCo v2', 'Autoencoder, run 2']);
});
