import { describe, expect, it } from 'vitest';
import { checksum } from './checksum';
import { Draws } from './random';

const text = (value: string): number => checksum(new TextEncoder().encode(value));

describe('checksum', () => {
  it('has the published values of XXH32', () => {
    expect(text('')).toBe(0x02cc5d05);
    expect(text('a')).toBe(0x550d7456);
    expect(text('abc')).toBe(0x32d153ff);
    expect(text('Nobody inspects the spammish repetition')).toBe(0xe2293b2f);
  });

  it('sees every flipped bit, wherever it is, and every missing end', () => {
    const draws = new Draws({ seed: 0, purpose: 'sample' });
    const bytes = Uint8Array.from({ length: 77 }, () => draws.integer(256));
    const whole = checksum(bytes);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3] ^= 1 << (bit & 7);
      expect(checksum(bytes)).not.toBe(whole);
      bytes[bit >> 3] ^= 1 << (bit & 7);
    }
    for (let length = 0; length < bytes.length; length++) expect(checksum(bytes.subarray(0, length))).not.toBe(whole);
    expect(checksum(bytes)).toBe(whole);
  });

  it('does not depend on where in a buffer the bytes lie', () => {
    const bytes = Uint8Array.from({ length: 50 }, (_, i) => i * 7);
    const moved = new Uint8Array(53);
    moved.set(bytes, 3);
    expect(checksum(moved.subarray(3))).toBe(checksum(bytes));
  });
});
