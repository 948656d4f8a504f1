import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import type { LogoShape } from '../../core/sensitivity';
import { requirementsOf } from '../../core/sensitivity';
import { scoreOf } from '../scores/scores';
import { brighten, invertPatch, pasteLogo } from './alter';
import { ALTERATIONS, alterationWords, altered, placeIn } from './alterations';
import { drawLogo, SHAPES } from './logo';
import { medianDistance, movement } from './movement';
import { sameLogoFirst } from './same_logo';

const side = 50;
const white = new Uint8Array(side * side * 3).fill(255);
/** Pixels that differ, as a share of the picture. */
const changedShare = (a: Uint8Array, b: Uint8Array): number => {
  let changed = 0;
  for (let i = 0; i < a.length; i += 3) if ([0, 1, 2].some((c) => a[i + c] !== b[i + c])) changed++;
  return changed / (a.length / 3);
};
const block = (width: number, height: number, rgba: number[]) => ({
  pixels: Uint8Array.from({ length: width * height * 4 }, (_, i) => rgba[i % 4]),
  width,
  height,
});

describe('a pasted logo', () => {
  it.each([0, 0.04, 0.16, 0.25, 1])('takes %d of the area', (share) => {
    const pasted = pasteLogo(white, side, block(7, 7, [9, 8, 7, 255]), share, { x: 0.3, y: 0.8 });
    expect(changedShare(white, pasted)).toBeCloseTo(share, 10);
    expect(changedShare(white, white)).toBe(0);
  });

  it.each([
    [1, 10],
    [10, 1],
    [1, 100],
  ])('of %i to %i takes its share where its proportions do not fit', (width, height) => {
    for (const share of [0.02, 0.1, 0.2, 0.3]) {
      const pasted = pasteLogo(white, side, block(width, height, [9, 8, 7, 255]), share, { x: 0.3, y: 0.8 });
      expect(Math.abs(changedShare(white, pasted) - share)).toBeLessThanOrEqual(0.5 / side);
    }
  });

  it('keeps its proportions', () => {
    const pasted = pasteLogo(white, side, block(40, 10, [0, 0, 0, 255]), 0.16, { x: 0, y: 0 });
    const [row, column] = [0, 1].map((way) => {
      let count = 0;
      for (let i = 0; i < side; i++) if (pasted[(way === 0 ? i : i * side) * 3] === 0) count++;
      return count;
    });
    expect([row, column]).toEqual([40, 10]);
  });

  it('lies where it is put: at 1, 1 in the last corner', () => {
    const pasted = pasteLogo(white, side, block(1, 1, [0, 0, 0, 255]), 0.04, { x: 1, y: 1 });
    expect([...pasted.slice(-30)]).toEqual(Array(30).fill(0));
    expect([...pasted.slice(-33, -30)]).toEqual([255, 255, 255]);
  });

  it('is mixed by its alpha, and where one sees through nothing changes, whatever colour is there', () => {
    const half = pasteLogo(white, side, block(3, 3, [55, 155, 255, 51]), 1, { x: 0, y: 0 });
    expect([...half.slice(0, 3)]).toEqual([215, 235, 255]);
    expect(changedShare(white, pasteLogo(white, side, block(3, 3, [1, 2, 3, 0]), 1, { x: 0, y: 0 }))).toBe(0);
    const edge = { pixels: Uint8Array.of(200, 0, 0, 255, 0, 0, 0, 0), width: 2, height: 1 };
    const small = pasteLogo(new Uint8Array(3), 1, edge, 1, { x: 0, y: 0 });
    expect(small[0]).toBe(100); // half covered by 200: what one sees through does not darken it
  });

  it('has every pixel of it in the mean when it is made smaller', () => {
    const logo = block(64, 64, [0, 0, 0, 255]);
    for (let i = 0; i < 64 * 64; i++) logo.pixels.fill(i % 2 ? 200 : 0, 4 * i, 4 * i + 3);
    const pasted = pasteLogo(white, 16, { ...logo }, 1, { x: 0, y: 0 });
    expect(new Set(pasted.subarray(0, 16 * 16 * 3))).toEqual(new Set([100]));
  });
});

describe('bundled logos', () => {
  const area = (name: LogoShape): number => {
    const alphas = Array.from(drawLogo(name).pixels).filter((_, i) => i % 4 === 3);
    return alphas.reduce((sum, alpha) => sum + alpha, 0) / 255 / 64 ** 2;
  };

  it('have the areas of their figures', () => {
    expect(area('disc')).toBeCloseTo((Math.PI * 0.95 ** 2) / 4, 2);
    expect(area('diamond')).toBeCloseTo(0.5, 2);
    expect(area('triangle')).toBeCloseTo(0.5, 2);
    expect(area('bars')).toBe(1);
    for (const name of Object.keys(SHAPES) as LogoShape[]) expect(area(name)).toBeGreaterThan(0.25);
  });
});

describe('other alterations', () => {
  const picture = Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 7) % 256);

  it('invert a patch of the share, and twice is not at all', () => {
    const once = invertPatch(picture, side, 0.04, { x: 0.5, y: 0 });
    expect(changedShare(picture, once)).toBeCloseTo(0.04, 10);
    expect(changedShare(picture, invertPatch(once, side, 0.04, { x: 0.5, y: 0 }))).toBe(0);
  });

  it('brighten as far as white', () => {
    expect([...brighten(Uint8Array.of(0, 100, 250), 1.2)]).toEqual([0, 120, 255]);
    expect(changedShare(picture, brighten(picture, 1))).toBe(0);
  });

  it('are the same each time, change every picture, and have words of their own', () => {
    for (const alteration of ALTERATIONS) {
      const [once, again] = [1, 2].map(() => altered(picture, side, alteration, drawLogo('ring'), placeIn(3)));
      expect(changedShare(once, again)).toBe(0);
      expect(changedShare(once, picture)).toBeGreaterThan(0);
    }
    expect(new Set(ALTERATIONS.map(alterationWords)).size).toBe(ALTERATIONS.length);
    expect(alterationWords(ALTERATIONS[0])).toBe('logo, 2 % of the area');
    expect(placeIn(3)).not.toEqual(placeIn(4));
  });
});

describe('movement', () => {
  const draws = new Draws({ seed: 2, purpose: 'sample' });
  const random = (count: number, dim: number) => ({
    values: Float32Array.from({ length: count * dim }, () => draws.normal()),
    count,
    dim,
  });

  it('is measured in the distance of different pictures: 1 for a picture turned into another', () => {
    // Four directions, two by two opposite: of six pairs two are 2 apart and four 1.
    const cross = { values: Float32Array.of(2, 0, 0, 3, -1, 0, 0, -5), count: 4, dim: 2 };
    expect(medianDistance(cross)).toBeCloseTo(1, 6);
    const turned = { ...cross, values: Float32Array.of(0, 1, 1, 0, 0, 1, 1, 0) };
    const { distance } = movement(cross, turned, { median: 1, set: cross });
    expect(distance.values.every((value) => Math.abs(value - 1) < 1e-6)).toBe(true);
    const scaled = { ...cross, values: cross.values.map((value) => 4 * value) };
    expect(scoreOf(movement(cross, scaled, { median: 1, set: cross }).distance)).toBeCloseTo(0, 6);
  });

  it('is that of a plain loop', () => {
    const [set, other] = [random(30, 8), random(30, 8)];
    for (let row = 0; row < 30; row++) set.values[row * 8 + 5] = 4; // a dimension that never varies
    const { moved } = movement(set, other, { median: 1, set });
    for (let row = 0; row < 30; row++) {
      let expected = 0;
      for (const j of [0, 1, 2, 3, 4, 6, 7]) {
        const column = Array.from({ length: 30 }, (_, i) => set.values[i * 8 + j]);
        const mean = column.reduce((a, b) => a + b) / 30;
        const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 30);
        if (Math.abs(set.values[row * 8 + j] - other.values[row * 8 + j]) > deviation / 2) expected++;
      }
      expect(moved.values[row]).toBeCloseTo(expected / 7, 12);
    }
  });
});

describe('the same logo on another picture', () => {
  // 6 pictures with each of 3 logos and with none; a row is the logo's axis, the picture's axis, or a mix.
  const pictures = Int32Array.from({ length: 24 }, (_, i) => i >> 2);
  const logos = Int32Array.from({ length: 24 }, (_, i) => (i & 3) - 1);
  const embedded = (byLogo: number, byPicture: number) => ({
    values: Float32Array.from({ length: 24 * 10 }, (_, at) => {
      const [row, j] = [Math.floor(at / 10), at % 10];
      return j < 4 ? (logos[row] + 1 === j ? byLogo : 0) : pictures[row] === j - 4 ? byPicture : 0;
    }),
    count: 24,
    dim: 10,
  });

  it('is found always by what sees logos, even if it sees pictures more, and at chance by what is blind to them', () => {
    expect(scoreOf(sameLogoFirst(embedded(1, 0.1), { pictures, logos }).scores)).toBe(1);
    expect(scoreOf(sameLogoFirst(embedded(0.1, 1), { pictures, logos }).scores)).toBe(1);
    const blind = sameLogoFirst(embedded(0, 1), { pictures, logos });
    expect(blind.scores.rows.length).toBe(18);
    expect(blind.chance).toBeCloseTo(1 / 4, 12);
    expect(scoreOf(blind.scores)).toBe(0); // all are equally far, and the first row has no logo
  });

  it('is not asked of a logo that one picture carries', () => {
    const lone = logos.map((logo, row) => (logo === 2 && row > 4 ? -1 : logo));
    expect([...sameLogoFirst(embedded(1, 0), { pictures, logos: lone }).scores.rows]).not.toContain(3);
  });
});

describe('requirements of the sensitivity lab', () => {
  const results = (small: number, large: number, light: number) => [
    { alteration: { kind: 'logo', share: 0.02 } as const, distance: small, moved: 2 * small },
    { alteration: { kind: 'logo', share: 0.1 } as const, distance: 9, moved: 9 },
    { alteration: { kind: 'logo', share: 0.3 } as const, distance: large, moved: 1 },
    { alteration: { kind: 'patch', share: 0.02 } as const, distance: 9, moved: 9 },
    { alteration: { kind: 'brightness', factor: 1.2 } as const, distance: light, moved: 1 },
  ];

  it('hold at the limits, and fail beyond them; of a logo that could not be sought there is none', () => {
    expect(requirementsOf({ results: results(0.05, 0.4, 0.05), sameLogo: 0.7 })).toEqual(Array(5).fill(true));
    expect(requirementsOf({ results: results(0.051, 0.39, 0.06), sameLogo: 0.69 })).toEqual(Array(5).fill(false));
    expect(requirementsOf({ results: results(0, 1, 0), sameLogo: Number.NaN })).toHaveLength(4);
  });
});
