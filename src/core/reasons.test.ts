import { describe, expect, test } from 'vitest';
import { chooseDefaults, type Facts } from './defaults';
import { reasonsFor } from './reasons';

const DIGITS: Facts = { count: 5000, medianSide: 20, storedSide: 40, imagesPerSecond: 400 };
const PHOTOS: Facts = { count: 220, medianSide: 160, storedSide: 160, imagesPerSecond: 400 };
const MANY: Facts = { count: 10_000, medianSide: 300, storedSide: 160, imagesPerSecond: 30_000 };
const FEW: Facts = { ...PHOTOS, count: 6 };

const adapted = (facts: Facts) => reasonsFor(chooseDefaults(facts), facts);
const random = (facts: Facts, preset: 'moco-v1' | 'moco-v2' | 'simclr' = 'moco-v2') =>
  reasonsFor(chooseDefaults(facts, preset, 0, null), facts);

describe('reasons say what is so', () => {
  test('of the network: the smallest is not called the largest', () => {
    expect(random(PHOTOS).backbone).toMatch(/^The smallest network: .* about 400 small images a second/);
    expect(random(MANY).backbone).not.toContain('smallest');
  });

  test('of the queue: a quarter only where it is one', () => {
    expect(random(MANY).queue).toMatch(/^About a quarter of 10,000 pictures/);
    expect(random(PHOTOS).queue).toMatch(/^Two batches/);
    expect(adapted(PHOTOS).queue).toMatch(/^As many as there are, up to 256/);
    expect(random(FEW).queue).not.toContain('quarter');
  });

  test('of the batch size: a quarter only where it is one', () => {
    expect(random(PHOTOS).batch).toMatch(/^At most a quarter of 220 pictures/);
    expect(adapted(MANY).batch).not.toContain('quarter');
    expect(adapted(FEW).batch).toContain('only 6 pictures');
  });

  test('of the size of views: by pictures, device, or the network that is adapted', () => {
    expect(adapted(DIGITS).side).toContain('enlarged');
    expect(adapted(PHOTOS).side).toContain('four fifths');
    expect(random(PHOTOS).side).toContain('smaller views keep a step short');
    expect(random(DIGITS).side).toContain('larger views would show no more');
  });

  test('of the schedule, the temperature and the rate: by their own values', () => {
    expect(random(PHOTOS, 'moco-v1').schedule).toContain('a tenth twice');
    expect(random(PHOTOS).schedule).toContain('smoothly');
    expect(random(PHOTOS, 'simclr').temperature).toContain('.5');
    expect(adapted(PHOTOS).learningRate).toContain('adapted');
    expect(random(PHOTOS).learningRate).not.toContain('adapted');
    const config = chooseDefaults(PHOTOS);
    expect(reasonsFor({ ...config, frozen: 0 }, PHOTOS).frozen).toMatch(/^All layers learn/);
  });
});
