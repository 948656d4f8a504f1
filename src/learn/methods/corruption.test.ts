import { expect, test } from 'vitest';
import { corrupt } from './corruption';

const SIDE = 16;
const SIZE = SIDE * SIDE * 3;
const clean = new Float32Array(40 * SIZE).fill(1);
const rows = [...Array(40).keys()];

test('hides whole patches, about the share that was asked for', () => {
  const corrupted = corrupt(clean, rows, 0, { seed: 1, side: SIDE, inputNoise: 0, masked: 0.25 });
  expect(new Set(corrupted)).toEqual(new Set([0, 1]));
  const hidden = corrupted.filter((value) => value === 0).length / corrupted.length;
  expect(hidden).toBeCloseTo(0.25, 1);
  // Patches of 2 x 2 pixels, all colours of them.
  for (let y = 0; y < SIDE; y += 2)
    for (let x = 0; x < SIDE; x += 2) {
      const at = (dy: number, dx: number) => corrupted.slice(((y + dy) * SIDE + x + dx) * 3).slice(0, 3);
      expect([...at(0, 1), ...at(1, 0), ...at(1, 1)]).toEqual([...at(0, 0), ...at(0, 0), ...at(0, 0)]);
    }
});

test('adds noise of the given deviation in the 0-1 range, four times that of it normalised', () => {
  const corrupted = corrupt(clean, rows, 0, { seed: 1, side: SIDE, inputNoise: 0.1, masked: 0 });
  const variance = corrupted.reduce((sum, value) => sum + (value - 1) ** 2, 0) / corrupted.length;
  expect(Math.sqrt(variance)).toBeCloseTo(0.4, 2);
});

test('is the same for the same step and picture, and leaves the clean picture alone', () => {
  const corruption = { seed: 1, side: SIDE, inputNoise: 0.1, masked: 0.25 };
  const two = corrupt(clean.slice(0, 2 * SIZE), [7, 9], 3, corruption);
  expect(corrupt(clean.slice(0, SIZE), [9], 3, corruption)).toEqual(two.slice(SIZE));
  expect(corrupt(clean.slice(0, SIZE), [9], 4, corruption)).not.toEqual(two.slice(SIZE));
  expect(clean.every((value) => value === 1)).toBe(true);
});
