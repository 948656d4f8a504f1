import { expect, test } from 'vitest';
import { signed, unsigned } from './leb128';

test('the examples of the DWARF standard', () => {
  expect([2, 127, 128, 129, 130, 12857].map(unsigned)).toEqual([
    [2],
    [0x7f],
    [0x80, 1],
    [0x81, 1],
    [0x82, 1],
    [0xb9, 0x64],
  ]);
  expect([2, -2, 127, -127, 128, -128, 129, -129].map(signed)).toEqual([
    [2],
    [0x7e],
    [0xff, 0],
    [0x81, 0x7f],
    [0x80, 1],
    [0x80, 0x7f],
    [0x81, 1],
    [0xff, 0x7e],
  ]);
});
