import { expect, test } from 'vitest';
import { rounding } from './rounding';

const bits = new DataView(new ArrayBuffer(4));

/** The single-precision number above a positive one, unless that is one itself. */
function up(value: number): number {
  const near = Math.fround(value);
  if (near >= value) return near;
  bits.setFloat32(0, near);
  bits.setInt32(0, bits.getInt32(0) + 1);
  return bits.getFloat32(0);
}

test.each([1, 3, 64, 512, 3072])(
  'the worst sum of %i products, each rounded up by a whole unit, is just within it',
  (dim) => {
    // A row of length 1: one number is 1, and what the others add is next to nothing.
    const row = Float64Array.from({ length: dim }, (_, i) => (i === 0 ? 1 : 2 ** -20));
    let [sum, exact] = [0, 0];
    for (const x of row) {
      sum = up(sum + up(x * x));
      exact += x * x;
    }
    expect(sum - exact).toBeLessThanOrEqual(rounding(dim));
    expect(sum - exact).toBeGreaterThanOrEqual((rounding(dim) * (dim - 1)) / (dim + 4));
  },
);
