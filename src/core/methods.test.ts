import { describe, expect, it } from 'vitest';
import { checkConfig } from './check';
import type { Preset, RunConfig } from './config';
import { chooseDefaults, type Facts } from './defaults';
import { diagnosticWords, LOSS_WORDS } from './diagnostics';
import { lossMark, runVerdict } from './method_words';
import { applies, DIAGNOSTICS_OF, reconstructs, upToDate } from './methods';
import { evaluationRecipe, PRESETS, recipeFor } from './presets';
import { reasonsFor } from './reasons';

const facts: Facts = { count: 1645, medianSide: 160, storedSide: 120, imagesPerSecond: 300 };
const presets = Object.keys(PRESETS) as Preset[];
const configOf = (preset: Preset, change: Partial<RunConfig> = {}): RunConfig => ({
  ...chooseDefaults(facts, preset),
  ...change,
});
const problems = (config: RunConfig) => checkConfig(config, facts).map(({ field }) => field);

describe('the methods', () => {
  it('have defaults that pass their own check, for any pictures and device', () => {
    for (const preset of presets)
      for (const count of [2, 8, 166, 1645, 20_000])
        for (const imagesPerSecond of [0, 5_000, 50_000])
          for (const storedSide of [40, 45, 80, 120]) {
            const given = { ...facts, count, imagesPerSecond, storedSide };
            const config = chooseDefaults(given, preset);
            const reasons = reasonsFor(config, given);
            expect(checkConfig(config, { count, storedSide }), `${preset}, ${count} pictures`).toEqual([]);
            expect(config.method).toBe(PRESETS[preset].method);
            for (const field of Object.keys(config) as (keyof RunConfig)[])
              if (applies(field, config.method) && !['method', 'augmentation'].includes(field))
                expect(reasons[field], `${preset}: ${field}`).toMatch(/\.$/);
          }
  });

  it('are checked for what they use, and for nothing else', () => {
    expect(problems(configOf('simclr', { queue: 1.5, margin: -1, beta: -1, keyMomentum: [2, 2] }))).toEqual([]);
    expect(problems(configOf('simclr', { temperature: 0 }))).toEqual(['temperature']);
    expect(problems(configOf('triplet', { margin: 0, temperature: 0 }))).toEqual(['margin']);
    expect(problems(configOf('dae', { masked: 1, inputNoise: 2, groups: 7 }))).toEqual(['inputNoise', 'masked']);
    expect(problems(configOf('vae', { beta: Number.NaN, betaWarmup: 2 }))).toEqual(['beta', 'betaWarmup']);
    expect([problems(configOf('vae', { dim: 30 })), problems(configOf('ae', { dim: 30 }))]).toEqual([['dim'], []]);
    expect(problems(configOf('ae', { backbone: 'resnet18', side: 36 }))).toEqual(['side']);
    expect(problems(configOf('moco-v2', { backbone: 'resnet18', side: 36 }))).toEqual([]);
  });

  it('that give pictures back see them nearly whole, in their own colours, and are evaluated like all others', () => {
    for (const preset of presets.filter((one) => reconstructs(PRESETS[one].method))) {
      const config = configOf(preset, { recipe: 'overhead' });
      const light = recipeFor('overhead', config.side, preset);
      expect(light).toMatchObject({
        crop: [0.8, 1],
        grey: 0,
        jitter: { probability: 0 },
        quarterTurns: true,
        flip: 0.5,
      });
    }
    expect(evaluationRecipe('overhead')).toMatchObject({ crop: [0.2, 1], verticalFlip: 0.5, blur: { probability: 0 } });
  });

  it('read a run stored before there was a choice as MoCo', () => {
    const {
      method: _,
      decoupled: __,
      margin: ___,
      precision: ____,
      ...old
    } = configOf('moco-v1', { temperature: 0.07 });
    expect(upToDate(old as RunConfig)).toMatchObject({
      method: 'moco',
      preset: 'moco-v1',
      temperature: 0.07,
      margin: 0.5,
      precision: 'full',
    });
    expect(upToDate(configOf('vae'))).toEqual(configOf('vae'));
  });

  it('say in words what they report', () => {
    for (const preset of presets) {
      const { method } = PRESETS[preset];
      expect(LOSS_WORDS[method]).toMatch(/\.$/);
      for (const name of DIAGNOSTICS_OF[method]) expect(diagnosticWords(name, method).about).toMatch(/\.$/);
    }
  });
});

describe('the loss of guessing', () => {
  it('is known for the methods that compare', () => {
    expect(lossMark(configOf('moco-v2', { queue: 255 }))?.y).toBeCloseTo(Math.log(256), 10);
    expect(lossMark(configOf('simclr', { batch: 32 }))?.y).toBeCloseTo(Math.log(63), 10);
    expect(lossMark(configOf('simclr', { batch: 32, decoupled: true }))?.y).toBeCloseTo(Math.log(62), 10);
    expect(lossMark(configOf('triplet', { margin: 0.4 }))?.y).toBe(0.4);
    expect(lossMark(configOf('ae'))).toBe(null);
  });
});

describe('what the loss means', () => {
  const run = (last: number, at: (column: string, step: number) => number) => ({ first: 1, last, length: last, at });
  const verdict = (preset: Preset, values: Record<string, number | ((step: number) => number)>) =>
    runVerdict(
      run(400, (column, step) => {
        const value = values[column];
        return typeof value === 'function' ? value(step) : value;
      }),
      configOf(preset, { batch: 32, margin: 0.5 }),
    );

  it('is told by the method', () => {
    const guessing = Math.log(63);
    expect(verdict('simclr', { loss: guessing, featureStd: 0.1 }).tone).toBe('alarm');
    expect(verdict('simclr', { loss: (step) => 4 - step / 200, featureStd: 0.9 }).text).toMatch(/^Falling/);
    expect(verdict('simclr', { loss: 2, featureStd: 0.9 }).text).toContain('Nearly level');
    expect(verdict('triplet', { loss: 0.5, active: 1, featureStd: 0.05 }).tone).toBe('alarm');
    expect(verdict('triplet', { loss: 0.001, active: 0.01, featureStd: 0.9 }).text).toContain('Hardly a triplet');
    expect(verdict('ae', { loss: 0.3, error: 0.3 }).text).toContain('error of 0.300, nearly level');
    expect(verdict('dae', { loss: (step) => 100 / step, error: 0.3 }).tone).toBe('good');
    expect(verdict('vae', { loss: 1, error: 1, units: 0 }).text).toContain('posterior collapse');
  });

  it('waits for a few steps, and leaves MoCo to its own words', () => {
    expect(
      runVerdict(
        run(10, () => 1),
        configOf('simclr'),
      ).text,
    ).toContain('say little');
    expect(
      runVerdict(
        run(1, () => 1),
        configOf('moco-v2'),
      ).text,
    ).toContain('queue is filling');
    expect(
      runVerdict(
        run(0, () => 1),
        null,
      ).text,
    ).toContain('first step');
  });
});
