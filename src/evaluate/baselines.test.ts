import { describe, expect, it } from 'vitest';
import { colourHistogram, rawPixels } from './baselines';
import { shrink } from './shrink';

const fnv = (bytes: Uint8Array): number =>
  bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);

/** [side, side, 3] of a formula in row a, column b, channel c. */
const picture = (side: number, of: (a: number, b: number, c: number) => number): Uint8Array =>
  Uint8Array.from({ length: side * side * 3 }, (_, at) =>
    of(Math.floor(at / 3 / side), Math.floor(at / 3) % side, at % 3),
  );

describe('pictures at 32 x 32', () => {
  // a, b, c = np.mgrid[:side, :side, :3]; im = Image.fromarray(((a * 37 + b * 91 + c * 53 + a * b * 5) % 256).astype(np.uint8))
  // fnv1a(np.asarray(im.resize((32, 32))))
  it.each([
    [40, 2019063116],
    [80, 3474690565],
    [90, 1489625765],
    [24, 1535241308],
    [33, 3083554078],
  ])('from %i px are byte for byte what Pillow makes of them', (side, expected) => {
    const small = shrink(
      picture(side, (a, b, c) => a * 37 + b * 91 + c * 53 + a * b * 5),
      1,
      side,
    );
    expect(fnv(small)).toBe(expected);
  });

  it('keep one colour, and each picture to itself', () => {
    const two = new Uint8Array(2 * 40 * 40 * 3).fill(7, 0, 4800).fill(250, 4800);
    const small = shrink(two, 2, 40);
    expect(new Set(small.subarray(0, 3072))).toEqual(new Set([7]));
    expect(new Set(small.subarray(3072))).toEqual(new Set([250]));
  });
});

describe('baselines', () => {
  // imgs: ((a * (3 + q) + b * (1 + c) + q * 70) % 256) at 40 px for q in 0 .. 2, then as the reference computes them
  const pictures = new Uint8Array(3 * 4800);
  for (let q = 0; q < 3; q++)
    pictures.set(
      picture(40, (a, b, c) => a * (3 + q) + b * (1 + c) + q * 70),
      q * 4800,
    );

  it('of raw pixels agree with the reference', () => {
    const { values, count, dim } = rawPixels(pictures, 3, 40);
    expect([count, dim]).toEqual([3, 3072]);
    const squares = [0, 1, 2].map((row) => values.subarray(row * dim, (row + 1) * dim).reduce((s, x) => s + x * x, 0));
    for (const [row, expected] of [9159779.307, 13139660.094, 15862604.6].entries())
      expect(Math.abs(squares[row] / expected - 1)).toBeLessThan(1e-6);
    expect(values[0]).toBeCloseTo(-70.666664, 4);
    expect(values[3071]).toBeCloseTo(62.333328, 4);
  });

  it('of colour histograms agree with the reference', () => {
    const { values, dim } = colourHistogram(pictures, 3, 40);
    const row = (i: number) => values.subarray(i * dim, (i + 1) * dim);
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);
    expect([0, 1, 2].map((i) => row(i).filter((x) => x > 0).length)).toEqual([28, 61, 85]);
    expect(dot(row(0), row(1))).toBeCloseTo(509.26178, 3);
    expect(dot(row(1), row(2))).toBeCloseTo(760.28253, 3);
    for (let i = 0; i < 3; i++) expect(dot(row(i), row(i))).toBeCloseTo(1024, 2);
  });
});
