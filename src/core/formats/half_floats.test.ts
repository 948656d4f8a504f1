import { expect, it } from 'vitest';
import { widened } from './half_floats';

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
