import { afterAll, describe, expect, test } from 'vitest';
import type { Preset, Recipe, RecipeName } from '../../core/config';
import { RECIPE_WORDS, recipeFor } from '../../core/presets';
import { Draws } from '../../core/random';
import { type Augmenter, createAugmenter } from '../../engine/plan/augment/augmenter';
import { drawTable } from './table';
import { augmentBatch, MEAN, STD, type ViewKey } from './views';

const adapter = await navigator.gpu.requestAdapter();
const device = await (adapter as GPUAdapter).requestDevice();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});

const keys = [0, 1].map((view): ViewKey => ({ seed: 7, purpose: 'view', step: 11, view: view as 0 | 1 }));

/** Shades that go on from pixel to pixel with some noise: neither flat nor wild. */
function pictures(count: number, side: number): Uint8Array<ArrayBuffer> {
  const draws = new Draws({ seed: 2, purpose: 'sample' });
  return Uint8Array.from({ length: count * side * side * 3 }, (_, i) => {
    const [channel, pixel] = [i % 3, Math.floor(i / 3)];
    return 128 + 90 * Math.sin(pixel / (3 + channel)) + draws.integer(36);
  });
}

interface Case {
  count: number;
  storedSide: number;
  side: number;
  recipe: Recipe;
}

/** Those made so far: kernels depend on sides, batch and the largest blur alone, not on the rest of the recipe. */
const augmenters = new Map<string, Promise<Augmenter>>();
afterAll(async () => {
  for (const augmenter of augmenters.values()) (await augmenter).dispose();
  device.destroy();
});

function augmenterFor({ count, storedSide, side, recipe: { blur, noise } }: Case): Promise<Augmenter> {
  const sigma = blur.probability > 0 ? blur.sigma[1] : 0;
  const shape = { pictures: count, storedSide, side, sigma, noise: noise > 0, mean: MEAN, deviation: STD };
  const made = augmenters.get(JSON.stringify(shape)) ?? createAugmenter(device, shape);
  augmenters.set(JSON.stringify(shape), made);
  return made;
}

/** The largest difference between the views made on the device and those of the reference. */
async function difference(of: Case): Promise<number> {
  const { count, storedSide, side, recipe } = of;
  const pixels = pictures(count, storedSide);
  const rows = Array.from({ length: count }, (_, i) => 5 * i + 3);
  const augmenter = await augmenterFor(of);
  const { query, key } = await augmenter.read(pixels, drawTable(storedSide, rows, keys, side, recipe));
  return [query, key].reduce((worst, views, i) => {
    const expected = augmentBatch(pixels, storedSide, rows, keys[i], side, recipe);
    expect(views.length).toBe(expected.length);
    return expected.reduce((largest, x, j) => Math.max(largest, Math.abs(x - views[j])), worst);
  }, 0);
}

/** Everything at once, always. */
const wild: Recipe = {
  crop: [0.1, 1],
  flip: 0.5,
  verticalFlip: 0.5,
  quarterTurns: true,
  jitter: { brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.5, probability: 1 },
  grey: 0.3,
  greyFirst: false,
  blur: { probability: 0.7, sigma: [0.1, 3] },
  noise: 0.1,
};

describe('views made on the device are those of the reference', () => {
  const sides = [
    [40, 32],
    [80, 64],
    [21, 17],
  ];
  const presets: Preset[] = ['moco-v1', 'moco-v2'];
  const cases = (Object.keys(RECIPE_WORDS) as RecipeName[]).flatMap((name) =>
    presets.flatMap((preset) => sides.map(([storedSide, side]) => ({ name, preset, storedSide, side }))),
  );

  test.each(cases)('$preset, $name, $storedSide to $side px', async ({ name, preset, storedSide, side }) => {
    const recipe = recipeFor(name, side, preset);
    expect(await difference({ count: 9, storedSide, side, recipe })).toBeLessThan(1e-4);
  });

  test.each([
    ['all at once', { count: 24, storedSide: 40, side: 32, recipe: wild }],
    ['grey first', { count: 24, storedSide: 30, side: 24, recipe: { ...wild, greyFirst: true } }],
    ['much larger pictures', { count: 5, storedSide: 120, side: 24, recipe: wild }],
    ['smaller pictures', { count: 5, storedSide: 9, side: 24, recipe: wild }],
    ['a blur as wide as the view', { count: 5, storedSide: 7, side: 5, recipe: wild }],
    ['one picture', { count: 1, storedSide: 7, side: 1, recipe: { ...wild, crop: [0.5, 1] } }],
  ] as [string, Case][])('%s', async (_, of) => {
    expect(await difference(of)).toBeLessThan(1e-4);
  });
});

describe('an augmenter', () => {
  const of = { count: 6, storedSide: 40, side: 32, recipe: wild };
  const rows = [4, 9, 2, 7, 1, 0];
  const pixels = pictures(6, 40);
  const table = drawTable(40, rows, keys, 32, wild);

  test('launches two kernels, three where it blurs', async () => {
    const blurring = await augmenterFor(of);
    const plain = await augmenterFor({ ...of, recipe: recipeFor('natural', 32, 'moco-v2') });
    expect([plain.dispatches, blurring.dispatches]).toEqual([2, 3]);
    expect(plain.bytes).toBeLessThan(blurring.bytes);
  });

  test('gives the same bits each time, and hands the same to other buffers', async () => {
    const augmenter = await augmenterFor(of);
    const first = await augmenter.read(pixels, table);
    await augmenter.read(pictures(6, 40).reverse(), table);
    expect(await augmenter.read(pixels, table)).toEqual(first);

    const bytes = first.query.byteLength;
    const target = () => device.createBuffer({ size: bytes, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC });
    const to = { query: target(), key: target() };
    const staging = device.createBuffer({ size: 2 * bytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    augmenter.run(pixels, table, to);
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(to.query, 0, staging, 0, bytes);
    encoder.copyBufferToBuffer(to.key, 0, staging, bytes, bytes);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const read = new Float32Array(staging.getMappedRange());
    expect(read).toEqual(Float32Array.of(...first.query, ...first.key));
    for (const buffer of [to.query, to.key, staging]) buffer.destroy();
  });

  test('refuses pixels and tables of another shape', async () => {
    const augmenter = await augmenterFor(of);
    await expect(augmenter.read(pixels.subarray(3), table)).rejects.toThrow('pixels must be [6, 40, 40, 3]');
    await expect(augmenter.read(pixels, table.subarray(1))).rejects.toThrow('12 rows');
  });
});
