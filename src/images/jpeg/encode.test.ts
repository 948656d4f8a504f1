import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import { sniff } from '../sniff';
import { coefficients, factors } from './coefficients';
import { encodeJpeg } from './encode';

/** The transform as ITU T.81 defines it (A.3.3), of the block at (left, top). */
function cosine(data: Uint8Array, columns: number, left: number, top: number, u: number, v: number): number {
  const scale = (k: number): number => (k === 0 ? Math.SQRT1_2 : 1);
  let sum = 0;
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      const waves = Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
      sum += (data[(top + y) * columns + left + x] - 128) * waves;
    }
  return (scale(u) * scale(v) * sum) / 4;
}

const noise = (length: number): Uint8Array => {
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  return Uint8Array.from({ length }, () => draws.integer(256));
};

describe('the cosine transform', () => {
  it('is the definition, for every coefficient of every block', () => {
    const [columns, rows] = [24, 16];
    const data = noise(columns * rows);
    const plane = { data, columns, rows, across: 3, down: 2, factors: factors(new Uint8Array(64).fill(1)) };
    const [other, all] = coefficients([{ ...plane, data: noise(columns * rows).reverse() }, plane]);
    expect(other).not.toEqual(all);
    for (let block = 0; block < 6; block++)
      for (let u = 0; u < 8; u++)
        for (let v = 0; v < 8; v++) {
          const wanted = cosine(data, columns, 8 * (block % 3), 8 * Math.floor(block / 3), u, v);
          const found = all.values[64 * block + 8 * u + v];
          expect(Math.abs(found - wanted)).toBeLessThan(0.51);
          expect((all.present[8 * block + u] >> v) & 1).toBe(found === 0 ? 0 : 1);
        }
  });

  it('goes on with the last column and row beyond the edges', () => {
    const data = noise(5 * 3);
    const full = Uint8Array.from({ length: 64 }, (_, i) => data[Math.min(2, i >> 3) * 5 + Math.min(4, i & 7)]);
    const block = { across: 1, down: 1, factors: factors(new Uint8Array(64).fill(3)) };
    const [short, whole] = coefficients([
      { data, columns: 5, rows: 3, ...block },
      { data: full, columns: 8, rows: 8, ...block },
    ]);
    expect(short).toEqual(whole);
  });
});

describe('an encoded thumbnail', () => {
  it.each([
    [160, 120],
    [1, 1],
    [17, 33],
    [160, 1],
  ])('of %i x %i says its size and ends well', (columns, rows) => {
    const half = Math.ceil(columns / 2) * Math.ceil(rows / 2);
    const bytes = encodeJpeg({ y: noise(columns * rows), cb: noise(half), cr: noise(half), columns, rows });
    expect(sniff(bytes)).toMatchObject({ kind: 'jpeg', width: columns, height: rows });
    expect([...bytes.subarray(-2)]).toEqual([0xff, 0xd9]);
  });
});
