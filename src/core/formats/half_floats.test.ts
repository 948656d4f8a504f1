import { expect, it } from 'vitest';
import { narrowed, widened } from './half_floats';

it.each([
  ['F16', 0x0000, 0],
  ['F16', 0x8000, -0],
  ['F16', 0x0001, 2 ** -24], // the least
  ['F16', 0x03ff, 1023 * 2 ** -24],
  ['F16', 0x0400, 2 ** -14],
  ['F16', 0x3c00, 1],
  ['F16', 0x3555, 0.333251953125],
  ['F16', 0xc000, -2],
  ['F16', 0x7bff, 65504], // the largest
  ['F16', 0x7c00, Number.POSITIVE_INFINITY],
  ['F16', 0xfc00, Number.NEGATIVE_INFINITY],
  ['F16', 0x7e00, Number.NaN],
  ['BF16', 0x3f80, 1],
  ['BF16', 0xc049, -3.140625],
  ['BF16', 0x7f80, Number.POSITIVE_INFINITY],
  ['BF16', 0x0001, 2 ** -133],
] as const)('%s %i is %f', (type, bits, value) => {
  expect([...widened(Uint16Array.of(bits), type)]).toEqual([value]);
});

it('every half comes back from single precision', () => {
  const bits = Uint16Array.from({ length: 65536 }, (_, i) => i).filter(
    (i) => (i & 0x7c00) !== 0x7c00 || (i & 0x3ff) === 0,
  );
  expect(narrowed(widened(bits, 'F16'))).toEqual(bits);
});

it.each([
  [1 + 2 ** -11, 0x3c00], // half way, to the even one
  [1 + 3 * 2 ** -11, 0x3c02],
  [1 + 2 ** -11 + 2 ** -20, 0x3c01],
  [2 ** -25, 0], // half of the least
  [2 ** -25 + 2 ** -40, 1],
  [2047.5 * 2 ** -25, 0x0400], // rounds up out of the subnormal ones
  [65519, 0x7bff],
  [65520, 0x7c00],
  [Number.NaN, 0x7e00],
] as const)('%f is narrowed to %i', (value, bits) => {
  expect([...narrowed(Float32Array.of(value))]).toEqual([bits]);
});
