import { afterAll, describe, expect, test } from 'vitest';
import type { Preset, Recipe, RecipeName } from '../../core/config';
import { RECIPE_WORDS, recipeFor } from '../../core/presets';
import { Draws } from '../../core/random';
import { openGraphics } from '../../engine/graphics';
import { createPlanExecutor } from '../../engine/plan/executor';
import type { Plan } from '../../engine/plan/run/plan';
import { CHOICES, PIXELS } from '../../engine/views';
import { scale } from '../../graph/ops/arithmetic';
import { input } from '../../graph/ops/leaves';
import { concatRows } from '../../graph/ops/rows';
import { madeViews } from '../viewing/device';
import { drawTable } from './table';
import { augmentBatch, type ViewKey } from './views';

const { device } = await openGraphics();
const executor = createPlanExecutor(device);
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

/** A program that gives the views as they are, by the same names. */
const views = { query: 0, key: 1 } as const;
const compiled = ({ count, storedSide, side, recipe }: Case): Promise<Plan> => {
  const outputs = Object.fromEntries(Object.keys(views).map((name) => [name, input(name, [count, side, side, 3])]));
  const made = madeViews({ views }, { batch: count, side, augmentation: recipe }, storedSide);
  return executor.compile({ name: 'views', outputs, updates: {} }, made);
};

/** Those made so far: kernels depend on sides, batch and the largest blur alone, not on the rest of the recipe. */
const programs = new Map<string, Promise<Plan>>();
afterAll(() => executor.dispose());

function programFor(of: Case): Promise<Plan> {
  const { count, storedSide, side, recipe } = of;
  const key = JSON.stringify([count, storedSide, side, recipe.blur, recipe.noise > 0]);
  const made = programs.get(key) ?? compiled(of);
  programs.set(key, made);
  return made;
}

/** The largest difference between the views made on the device and those of the reference. */
async function difference(of: Case): Promise<number> {
  const { count, storedSide, side, recipe } = of;
  const pixels = pictures(count, storedSide);
  const rows = Array.from({ length: count }, (_, i) => 5 * i + 3);
  const choices = drawTable(storedSide, rows, keys, side, recipe);
  const { query, key } = await (await programFor(of)).run({ [PIXELS]: pixels, [CHOICES]: choices });
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
    ['all but noise', { count: 24, storedSide: 40, side: 32, recipe: { ...wild, noise: 0 } }],
    ['grey first', { count: 24, storedSide: 30, side: 24, recipe: { ...wild, greyFirst: true } }],
    ['much larger pictures', { count: 5, storedSide: 120, side: 24, recipe: wild }],
    ['smaller pictures', { count: 5, storedSide: 9, side: 24, recipe: wild }],
    ['a blur as wide as the view', { count: 5, storedSide: 7, side: 5, recipe: wild }],
    ['one picture', { count: 1, storedSide: 7, side: 1, recipe: { ...wild, crop: [0.5, 1] } }],
  ] as [string, Case][])('%s', async (_, of) => {
    // A device's cosine may be wrong by 5e-4, and noise so by a fiftieth of a shade.
    expect(await difference(of)).toBeLessThan(of.recipe.noise > 0 ? 1e-3 : 1e-4);
  });
});

describe('a program whose views are made', () => {
  const of = { count: 6, storedSide: 40, side: 32, recipe: wild };
  const rows = [4, 9, 2, 7, 1, 0];
  const feeds = { [PIXELS]: pictures(6, 40), [CHOICES]: drawTable(40, rows, keys, 32, wild) };

  test('launches two kernels, three where it blurs', async () => {
    const blurring = await programFor(of);
    const plain = await programFor({ ...of, recipe: recipeFor('natural', 32, 'moco-v2') });
    expect([plain.report.dispatches, blurring.report.dispatches]).toEqual([2, 3]);
    expect(plain.report.submits).toBe(1);
  });

  test('sees the same bits each time, and in whatever program, also twice and of odd sizes', async () => {
    const program = await programFor(of);
    const { query, key } = await program.run(feeds);
    await program.run({ ...feeds, [PIXELS]: pictures(6, 40).reverse() });
    expect(await program.run(feeds)).toEqual({ query, key });
    const [first, again, second] = ['first', 'again', 'second'].map((name) => input(name, [6, 32, 32, 3]));
    const outputs = { both: concatRows(second, first), more: scale(again, 2) };
    const made = { ...madeViews({ views }, { batch: 6, side: 32, augmentation: wild }, 40) };
    const other = await executor.compile(
      { name: 'other', outputs, updates: {} },
      { ...made, inputs: { first: 0, again: 0, second: 1 } },
    );
    const { both, more } = await other.run(feeds);
    expect(both).toEqual(Float32Array.of(...key, ...query));
    expect(more).toEqual(query.map((value) => 2 * value));
    other.dispose();
  });

  test('with one view a picture makes no second one', async () => {
    const { query } = await (await programFor(of)).run(feeds);
    const outputs = { only: input('only', [6, 32, 32, 3]) };
    const made = {
      ...madeViews({ views }, { batch: 6, side: 32, augmentation: wild }, 40),
      inputs: { only: 0 } as const,
    };
    const single = await executor.compile({ name: 'single', outputs, updates: {} }, made);
    const choices = drawTable(40, rows, [keys[0]], 32, wild);
    expect((await single.run({ ...feeds, [CHOICES]: choices })).only).toEqual(query);
    single.dispose();
  });

  test('refuses pixels and choices of another shape', async () => {
    const program = await programFor(of);
    const short = feeds[PIXELS].subarray(3);
    await expect(program.run({ ...feeds, [PIXELS]: short })).rejects.toThrow("pictures' must be fed with [6,40,40,3]");
    await expect(program.run({ ...feeds, [CHOICES]: new Uint32Array(3) })).rejects.toThrow('must be fed with');
    await expect(program.run({ ...feeds, [PIXELS]: new Float32Array(6 * 40 * 40 * 3) })).rejects.toThrow('with uint8');
  });
});
