import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Preset, RunConfig } from '../../core/config';
import { OWN_DEFAULTS } from '../../core/methods';
import { PRESETS, recipeFor } from '../../core/presets';
import type { Executor } from '../../engine/executor';
import { createProcessorExecutor } from '../../engine/processor/executor';
import { openRun } from '../run';
import type { PixelSource } from '../source';
import { TINY } from '../tiny.testing';

const SIDE = 16;
const STORED = 20;
const PHOTOS = [
  ...[
    'bird/chicken',
    'bird/duck',
    'bird/owl',
    'mammal/cow',
    'mammal/dog',
    'mammal/koala',
    'mammal/panda',
    'fish/fish1',
  ],
  ...['monument/colosseum', 'monument/taj-mahal', 'monument/petra', 'monument/great-wall', 'windmill/windmill'],
  ...['windmill/windmill3', 'scissors/scissors1', 'pliers/plier1'],
];

/** Some of the sample pictures as squares. */
async function photos(): Promise<PixelSource> {
  const size = STORED * STORED * 3;
  const pixels = new Uint8Array(PHOTOS.length * size);
  const context = new OffscreenCanvas(STORED, STORED).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  for (const [row, name] of PHOTOS.entries()) {
    const file = await (await fetch(`/sample/${name}.jpg`)).blob();
    context.drawImage(await createImageBitmap(file), 0, 0, STORED, STORED);
    const { data } = context.getImageData(0, 0, STORED, STORED);
    for (let i = 0; i < size; i++) pixels[row * size + i] = data[Math.floor(i / 3) * 4 + (i % 3)];
  }
  return {
    count: PHOTOS.length,
    side: STORED,
    read: async (rows) => {
      const read = new Uint8Array(rows.length * size);
      for (let i = 0; i < rows.length; i++) read.set(pixels.subarray(rows[i] * size, (rows[i] + 1) * size), i * size);
      return read;
    },
  };
}

let executor: Executor;
let source: PixelSource;
beforeAll(async () => {
  executor = await createProcessorExecutor();
  source = await photos();
});
afterAll(() => executor.dispose());

const STEPS = 50;

const configOf = (preset: Preset): RunConfig => ({
  ...TINY,
  ...PRESETS[preset],
  ...OWN_DEFAULTS,
  preset,
  dim: 16,
  side: SIDE,
  batch: 16,
  groups: 1,
  steps: STEPS,
  width: 16,
  learningRate: preset === 'triplet' ? 0.01 : 0.02,
  augmentation: recipeFor('natural', SIDE, preset),
});

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

test.each(['simclr', 'triplet', 'ae', 'dae', 'vae'] as const)('%s learns something of real photos', async (preset) => {
  const run = await openRun(executor, configOf(preset), source, null);
  const losses: number[] = [];
  for await (const { loss } of run.train()) losses.push(loss);
  run.dispose();
  // The same 16 pictures at every step, in views of their own.
  expect(mean(losses.slice(-8))).toBeLessThan(0.9 * mean(losses.slice(0, 8)));
});
