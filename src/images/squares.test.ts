import { describe, expect, it } from 'vitest';
import { Draws } from '../core/random';
import { Resampler } from './resample';
import { resizeSquares } from './squares';
import { resizeTaps } from './taps';

const cubic = (x: number): number => {
  const t = Math.abs(x);
  return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
};

/** The definition in floating point, one channel in one dimension. */
function exact(values: number[], output: number): number[] {
  const scale = values.length / output;
  const width = Math.max(1, scale);
  return Array.from({ length: output }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const begin = Math.max(0, Math.floor(centre - 2 * width + 0.5));
    const end = Math.min(values.length, Math.floor(centre + 2 * width + 0.5));
    const weights = values.map((_, j) => (j >= begin && j < end ? cubic((j + 0.5 - centre) / width) : 0));
    const sum = weights.reduce((a, b) => a + b);
    return values.reduce((total, value, j) => total + (value * weights[j]) / sum, 0);
  });
}

function twoDimensional(pixels: Uint8Array, from: number, to: number): number[] {
  const rounded = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
  const result = new Array<number>(to * to * 3);
  for (let c = 0; c < 3; c++) {
    const columns = Array.from({ length: from }, (_, x) =>
      exact(
        Array.from({ length: from }, (_, y) => pixels[(y * from + x) * 3 + c]),
        to,
      ).map(rounded),
    );
    for (let y = 0; y < to; y++)
      exact(
        columns.map((column) => column[y]),
        to,
      ).forEach((value, x) => {
        result[(y * to + x) * 3 + c] = rounded(value);
      });
  }
  return result;
}

const noise = (length: number, seed = 0): Uint8Array => {
  const draws = new Draws({ seed, purpose: 'sample' });
  return Uint8Array.from({ length }, () => draws.integer(256));
};

describe('resizeSquares', () => {
  it.each([
    [120, 40],
    [80, 40],
    [40, 32],
    [20, 40],
    [7, 5],
    [1, 3],
  ])('%i px to %i px is the definition, to one level', (from, to) => {
    const pixels = noise(from * from * 3);
    const wanted = twoDimensional(pixels, from, to);
    const found = resizeSquares(pixels, 1, from, to);
    expect(found.length).toBe(to * to * 3);
    expect(Math.max(...found.map((value, i) => Math.abs(value - wanted[i])))).toBeLessThanOrEqual(1);
  });

  it('keeps a flat field, and every square apart', () => {
    const flat = new Uint8Array(3 * 30 * 30 * 3);
    [3, 128, 255].forEach((value, i) => {
      flat.fill(value, i * 2700, (i + 1) * 2700);
    });
    const small = resizeSquares(flat, 3, 30, 12);
    [3, 128, 255].forEach((value, i) => {
      expect(new Set(small.subarray(i * 432, (i + 1) * 432))).toEqual(new Set([value]));
    });
  });

  it('returns a copy when the size stays', () => {
    const pixels = noise(2 * 8 * 8 * 3);
    const same = resizeSquares(pixels, 2, 8, 8);
    expect(same).toEqual(pixels);
    expect(same.buffer).not.toBe(pixels.buffer);
  });
});

describe('a window', () => {
  it('is that part of the whole', () => {
    const [columns, rows] = [37, 23];
    const resampler = new Resampler();
    resampler.load(noise(columns * rows * 3));
    const source = { offset: 0, stride: 3 * columns, channels: 3, columns, rows, width: columns, height: rows };
    resampler.resize(source, { width: 20, height: 14, left: 0, top: 0, columns: 20, rows: 14 }, 'bicubic');
    const whole = resampler.takePixels('rgb');
    resampler.resize(source, { width: 20, height: 14, left: 9, top: 3, columns: 6, rows: 8 }, 'bicubic');
    const part = resampler.takePixels('rgb');
    for (let y = 0; y < 8; y++)
      expect(part.subarray(y * 18, y * 18 + 18)).toEqual(whole.subarray((y * 20 + 69) * 3, (y * 20 + 75) * 3));
  });
});

describe("Hamming's filter", () => {
  it("is PIL's, to one level", () => {
    const row = [121, 66, 189, 242, 33, 6, 240, 132, 119, 98, 240, 243, 203, 77, 118, 77, 199, 7, 32];
    // Image.resize((7, 1), Image.HAMMING) of Pillow 9.4.
    const expected = [113, 123, 154, 144, 197, 106, 58];
    const resampler = new Resampler();
    resampler.load(Uint8Array.from(row.flatMap((value) => [value, value, value])));
    const source = { offset: 0, stride: 57, channels: 3, columns: 19, rows: 1, width: 19, height: 1 };
    resampler.resize(source, { width: 7, height: 1, left: 0, top: 0, columns: 7, rows: 1 }, 'hamming');
    const found = resampler.takePixels('rgb');
    for (const [i, value] of expected.entries()) expect(Math.abs(found[3 * i] - value)).toBeLessThanOrEqual(1);
  });
});

describe('colours', () => {
  it.each(['full', 'limited'] as const)('of %s range are those of BT.601, to one level', (range) => {
    const size = 21;
    const planes = noise(3 * size * size, 5);
    const resampler = new Resampler();
    resampler.load(planes);
    const whole = { width: size, height: size, left: 0, top: 0, columns: size, rows: size };
    for (let plane = 0; plane < 3; plane++)
      resampler.resize(
        {
          offset: plane * size * size,
          stride: size,
          channels: 1,
          columns: size,
          rows: size,
          width: size,
          height: size,
        },
        whole,
        'bicubic',
      );
    const pixels = resampler.takePixels(range);
    const [gain, chroma, black] = range === 'full' ? [1, 1, 0] : [255 / 219, 255 / 224, 16];
    for (let i = 0; i < size * size; i++) {
      const luma = gain * (planes[i] - black);
      const blue = chroma * (planes[i + size * size] - 128);
      const red = chroma * (planes[i + 2 * size * size] - 128);
      const wanted = [luma + 1.402 * red, luma - 0.344136 * blue - 0.714136 * red, luma + 1.772 * blue];
      wanted.forEach((value, c) => {
        expect(Math.abs(pixels[3 * i + c] - Math.min(255, Math.max(0, value)))).toBeLessThan(1);
      });
    }
  });
});

describe('weights', () => {
  it('sum to one exactly, for any sizes', () => {
    for (const [size, output] of [
      [3000, 40],
      [1, 120],
      [160, 120],
      [20, 40],
      [75.5, 120],
    ])
      for (const multiple of [2, 8])
        for (const filter of ['bicubic', 'hamming'] as const) {
          const { weights, length } = resizeTaps(filter, size, Math.ceil(size), output, 0, output, multiple);
          expect(length % multiple).toBe(0);
          for (let i = 0; i < output; i++)
            expect(weights.subarray(i * length, (i + 1) * length).reduce((a, b) => a + b, 0)).toBe(16384);
        }
  });
});
