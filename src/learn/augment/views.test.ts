import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../core/config';
import { Draws } from '../../core/random';
import { jitter, toGrey } from './colour';
import { drawView } from './draw';
import { resizeCrop, triangleTaps } from './resample';
import { augmentBatch, centreCrops, MEAN, STD, viewsToBytes } from './views';

const still: Recipe = {
  crop: [1, 1],
  flip: 0,
  verticalFlip: 0,
  quarterTurns: false,
  jitter: { brightness: 0, contrast: 0, saturation: 0, hue: 0, probability: 0 },
  grey: 0,
  greyFirst: false,
  blur: { probability: 0, sigma: [0.1, 2] },
  noise: 0,
};
const natural: Recipe = {
  ...still,
  crop: [0.2, 1],
  flip: 0.5,
  jitter: { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1, probability: 0.8 },
  grey: 0.2,
};
const key = { seed: 5, purpose: 'view', step: 3, view: 0 } as const;
const picture = (side: number, seed = 1, count = 1) => {
  const draws = new Draws({ seed, purpose: 'sample' });
  return Uint8Array.from({ length: count * side * side * 3 }, () => draws.integer(256));
};
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

describe('a view', () => {
  it('depends on its key and its picture alone, not on the batch around it', () => {
    const pixels = picture(10, 1, 3);
    const all = augmentBatch(pixels, 10, [4, 9, 2], key, 8, natural);
    const one = augmentBatch(pixels.slice(300, 600), 10, [9], key, 8, natural);
    expect(one).toEqual(all.slice(8 * 8 * 3, 2 * 8 * 8 * 3));
    expect(augmentBatch(pixels.slice(300, 600), 10, [9], { ...key, view: 1 }, 8, natural)).not.toEqual(one);
    expect(augmentBatch(pixels.slice(300, 600), 10, [9], { ...key, step: 4 }, 8, natural)).not.toEqual(one);
  });

  it('with everything off is the picture, resized', () => {
    const pixels = picture(8);
    const view = augmentBatch(pixels, 8, [0], key, 8, { ...still, crop: [1, 1] });
    // A crop of the whole area may still have another aspect; ten failed tries leave the whole square.
    const { view: draw } = drawView({ ...key, image: 0 }, 8, still);
    const expected = resizeCrop(pixels, 0, 8, draw.crop, 8).map((x) => (x - MEAN) / STD);
    expect(view).toEqual(expected);
  });

  it('stays within the range of the encoder, whatever is drawn', () => {
    const wild: Recipe = {
      ...natural,
      noise: 0.5,
      blur: { probability: 1, sigma: [0.1, 2] },
      quarterTurns: true,
      verticalFlip: 0.5,
    };
    for (const x of augmentBatch(picture(20, 2, 8), 20, [0, 1, 2, 3, 4, 5, 6, 7], key, 16, wild)) {
      expect(x).toBeGreaterThanOrEqual(-2.0001);
      expect(x).toBeLessThanOrEqual(2.0001);
    }
  });

  it('shows on the page as the bytes the encoder saw', () => {
    const pixels = picture(8);
    const bytes = viewsToBytes(centreCrops(pixels, 8, 1, 8));
    for (let i = 0; i < 64; i++)
      expect([...bytes.slice(i * 4, i * 4 + 4)]).toEqual([...pixels.slice(i * 3, i * 3 + 3), 255]);
  });
});

describe('draws of a view', () => {
  const many = Array.from({ length: 4000 }, (_, image) => drawView({ ...key, image }, 40, natural).view);

  it('have the shares the recipe asks for', () => {
    const near = (share: number, wanted: number) => expect(Math.abs(share - wanted)).toBeLessThan(0.03);
    near(mean(many.map((v) => Number(v.flip))), 0.5);
    near(mean(many.map((v) => Number(v.grey))), 0.2);
    near(mean(many.map((v) => Number(v.jitter.length > 0))), 0.8);
    near(mean(many.filter((v) => v.jitter.length > 0).map((v) => Number(v.jitter[0].step === 'hue'))), 0.25);
  });

  it('crop within the picture, with areas spread evenly over the recipe', () => {
    for (const { crop } of many) {
      expect(crop.top + crop.height).toBeLessThanOrEqual(40);
      expect(crop.left + crop.width).toBeLessThanOrEqual(40);
    }
    // Tries whose crop does not fit are drawn again, which thins out the largest areas, as in torchvision (there: .548).
    const areas = many.map(({ crop }) => (crop.width * crop.height) / 1600);
    expect(Math.abs(mean(areas) - 0.5476)).toBeLessThan(0.01);
  });
});

describe('resampling', () => {
  it('weighs every output by taps that sum to one and keeps a flat picture flat', () => {
    for (const [from, to] of [
      [40, 32],
      [7, 32],
      [32, 32],
      [33, 8],
    ])
      for (const row of triangleTaps(from, to).weights) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    const flat = resizeCrop(new Uint8Array(27).fill(51), 0, 3, { top: 0, left: 0, height: 3, width: 3 }, 5);
    for (const x of flat) expect(x).toBeCloseTo(0.2, 6);
  });

  it("is the identity at the same size, and the mean of pairs at half of it with PIL's wider window", () => {
    expect([...triangleTaps(4, 4).weights.map((w) => [...w].filter(Boolean))]).toEqual([[1], [1], [1], [1]]);
    // The weights PIL's Image.resize gives, 4 -> 2 pixels, BILINEAR.
    const [row] = triangleTaps(4, 2).weights;
    expect([...row].map((w) => Number(w.toFixed(4)))).toEqual([0.4286, 0.4286, 0.1429]);
  });
});

describe('colour', () => {
  const red = () => new Float32Array([0.8, 0.2, 0.2]);
  const close = (actual: Float32Array, expected: number[]) => {
    for (const [i, x] of expected.entries()) expect(actual[i]).toBeCloseTo(x, 5);
  };
  const jittered = (step: Parameters<typeof jitter>[1], amount: number, start = red()) => {
    jitter(start, step, amount);
    return start;
  };

  it('changes nothing at factor 1 and turn 0', () => {
    for (const step of ['brightness', 'contrast', 'saturation'] as const) close(jittered(step, 1), [0.8, 0.2, 0.2]);
    close(jittered('hue', 0), [0.8, 0.2, 0.2]);
    close(jittered('hue', 1), [0.8, 0.2, 0.2]);
  });

  it('turns red to green to blue in thirds of a circle', () => {
    close(jittered('hue', 1 / 3), [0.2, 0.8, 0.2]);
    close(jittered('hue', -1 / 3), [0.2, 0.2, 0.8]);
  });

  it('goes to black, to the mean luma and to grey at factor 0', () => {
    const luma = 0.299 * 0.8 + 0.701 * 0.2;
    close(jittered('brightness', 0), [0, 0, 0]);
    close(jittered('saturation', 0), [luma, luma, luma]);
    const two = new Float32Array([0.8, 0.2, 0.2, 0, 0, 0]);
    close(jittered('contrast', 0, two), Array(6).fill(luma / 2));
    const grey = red();
    toGrey(grey);
    close(grey, [luma, luma, luma]);
  });
});
