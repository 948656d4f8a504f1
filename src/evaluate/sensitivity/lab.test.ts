import { expect, test } from 'vitest';
import { sensitivityMarkdown } from '../../../bin/compare/sensitivity_markdown';
import type { SubjectReport } from '../../core/sensitivity';
import type { Rows } from '../rows';
import { altered, placeIn } from './alterations';
import { alteredPictures, carriedLogos, carrying, evaluateSensitivity, LAB } from './lab';
import { drawLogo } from './logo';

const side = 20;
const size = side * side * 3;
const rows = [2, 5, 11];
const pixels = Uint8Array.from({ length: rows.length * size }, (_, i) => (i * 31) % 256);

test('every picture is altered where it always is, in whatever company', () => {
  const logo = drawLogo('ring');
  for (const alteration of LAB) {
    const together = alteredPictures(pixels, rows, side, alteration, logo);
    const alone = altered(pixels.subarray(size, 2 * size), side, alteration, logo, placeIn(5));
    expect(together.subarray(size, 2 * size)).toEqual(alone);
    expect(alteredPictures(pixels.subarray(size, 2 * size), [5], side, alteration, logo)).toEqual(alone);
  }
});

test('logos to be found are the bundled ones and the user’s', () => {
  expect(carriedLogos('disc').length).toBe(8);
  const own = { pixels: new Uint8Array(4).fill(255), width: 1, height: 1 };
  expect(carriedLogos(own).at(-1)).toBe(own);
  const white = carrying(pixels, rows, side, () => own);
  const filled = white.filter((value) => value === 255).length / white.length;
  expect(filled).toBeGreaterThan(0.29);
});

/** Pictures that are told apart perfectly, and nothing of what was done to them. */
const blind = (count: number): Rows => ({
  values: Float32Array.from({ length: count * count }, (_, at) => (at % (count + 1) === 0 ? 1 : 0)),
  count,
  dim: count,
});

test('what is blind to all that is done moves by nothing, and fails where it should have moved', () => {
  const set = blind(16);
  const lab = { set, originals: set, altered: LAB.map(() => set), carrying: set, logos: 8 };
  const { results, sameLogo, chance } = evaluateSensitivity(lab);
  expect(results.map(({ distance, moved }) => distance + moved)).toEqual(LAB.map(() => 0));
  expect(chance).toBeCloseTo(1 / 15, 12);
  expect(sameLogo).toBeLessThan(0.2);
});

test('the same logo is asked for only where two pictures carry one', () => {
  const set = blind(8);
  const { sameLogo } = evaluateSensitivity({
    ...{ set, originals: set, altered: LAB.map(() => set), carrying: set, logos: 8 },
  });
  expect(sameLogo).toBe(Number.NaN);
  const report = { subject: 'raw pixels', title: 'Raw pixels', dim: 8, results: [], sameLogo, chance: 0 };
  expect(sensitivityMarkdown([report as SubjectReport], [], '')).toContain(
    '| same logo found first | ≥ 70 % | cannot be told of so few pictures |',
  );
});

test('what moves to another picture’s place has gone the distance of one', () => {
  const set = blind(16);
  const shifted = { ...set, values: Float32Array.from(set.values, (_, at) => set.values[(at + 16) % 256]) };
  const { results } = evaluateSensitivity({
    set,
    originals: set,
    altered: LAB.map(() => shifted),
    carrying: set,
    logos: 2,
  });
  for (const { distance, moved } of results) {
    expect(distance).toBeCloseTo(1, 12);
    expect(moved).toBeCloseTo(2 / 16, 12);
  }
});
