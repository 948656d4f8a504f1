import { describe, expect, it } from 'vitest';
import { keptViews } from './adaptation';
import { checkConfig } from './check';
import { chooseDefaults, defaultBatch, defaultQueue, type Facts } from './defaults';
import { reasonsFor } from './reasons';

const facts: Facts = { count: 1645, medianSide: 160, storedSide: 120, imagesPerSecond: 300 };

describe('defaults', () => {
  it('pass their own check for any number of pictures, on slow and fast devices, and give reasons', () => {
    for (const count of [2, 3, 7, 8, 40, 166, 299, 300, 1645, 9999, 100_000])
      for (const imagesPerSecond of [0, 300, 5_000, 50_000])
        for (const storedSide of [40, 80, 120])
          for (const preset of ['moco-v1', 'moco-v2'] as const) {
            const given = { ...facts, count, imagesPerSecond, storedSide };
            const config = chooseDefaults(given, preset);
            const reasons = reasonsFor(config, given);
            expect(checkConfig(config, { count, storedSide }), `${count} pictures`).toEqual([]);
            for (const field of ['side', 'batch', 'queue', 'backbone'] as const) expect(reasons[field]).toMatch(/\.$/);
          }
  });

  it('follow the number of pictures: batch at most a quarter, queue about a quarter in whole batches', () => {
    expect([166, 220, 1645, 20_000].map(defaultBatch)).toEqual([32, 32, 128, 256]);
    expect(defaultQueue(1645, 128)).toBe(384);
    expect(defaultQueue(166, 32)).toBe(64);
    expect(defaultQueue(1_000_000, 256)).toBe(8192);
  });

  it('start what compares from InceptionV3, its lower stages frozen; tiny pictures are enlarged', () => {
    const config = chooseDefaults({ ...facts, count: 220, storedSide: 160 });
    const start = { start: { bundled: 'inception-v3' }, backbone: 'inception-v3', frozen: 5, norms: 'running' };
    expect(config).toMatchObject({ ...start, side: 128, batch: 32, queue: 192, views: 10, neighbours: 10, steps: 200 });
    expect(config).toMatchObject({ learningRate: 0.01, warmup: 0.05, augmentation: { crop: [0.25, 1] } });
    expect(chooseDefaults({ ...facts, medianSide: 20, storedSide: 40 })).toMatchObject({ ...start, side: 80 });
    expect(chooseDefaults(facts, 'ae').start).toBe(null);
  });

  it('keep as many views as memory and a few minutes allow', () => {
    const shape = { backbone: 'inception-v3', width: 64, stem: 'imagenet', side: 128, frozen: 5, batch: 32 } as const;
    expect([220, 1645, 4000, 50_000].map((count) => keptViews(shape, count, 400))).toEqual([10, 2, 2, 0]);
    expect([300, 40, 20, 10].map((steps) => keptViews(shape, 307, steps))).toEqual([10, 4, 2, 0]);
  });

  it("are the reference's recipe at random on a slow device", () => {
    const config = chooseDefaults({ ...facts, count: 220 }, 'moco-v2', 0, null);
    expect(config).toMatchObject({ backbone: 'resnet8', width: 16, side: 32, batch: 32, temperature: 0.2, groups: 4 });
    expect(config).toMatchObject({ learningRate: 0.015, weightDecay: 5e-4, keyMomentum: [0.99, 0.99], decayAll: true });
    expect(config.augmentation).toMatchObject({ crop: [0.2, 1], grey: 0.2, blur: { probability: 0 } });
  });
});

describe('the check', () => {
  const config = chooseDefaults(facts, 'moco-v2', 0, null);
  const fields = (changed: Partial<typeof config>, count = facts.count) =>
    checkConfig({ ...config, ...changed }, { count, storedSide: 120 }).map((problem) => problem.field);

  it('names every setting that does not fit', () => {
    expect(fields({ queue: config.batch * 3 + 1 })).toEqual(['queue']);
    expect(fields({ symmetric: true, queue: config.batch * 3 })).toEqual(['queue']);
    expect(fields({ batch: 512, queue: 512 })).toEqual(['batch']);
    expect(fields({}, 1)).toContain('batch');
    expect(fields({ side: 100 })).toEqual(['side']);
    expect(fields({ groups: 3 })).toEqual(['groups']);
    expect(fields({ temperature: 0 })).toEqual(['temperature']);
    expect(fields({ learningRate: Number.NaN })).toEqual(['learningRate']);
    expect(fields({ keyMomentum: [1, 1] })).toEqual(['keyMomentum']);
    expect(fields({ steps: 0 })).toEqual(['steps']);
    expect(fields({ steps: null })).toEqual([]);
    expect(fields({ augmentation: { ...config.augmentation, crop: [0.5, 0.2] } })).toEqual(['augmentation']);
  });

  it('says what would fit', () => {
    const [problem] = checkConfig({ ...config, queue: 400 }, { count: 1645, storedSide: 120 });
    expect(problem.message).toBe('A whole number of batches: a multiple of 128, such as 384.');
  });
});
