import type { Halved } from '../colour';
import { BitWriter } from './bits';
import { coefficients, factors } from './coefficients';
import { HUFFMAN, type Huffman, quantisation, ZIGZAG } from './tables';

// A baseline encoder for thumbnails. The browser's own one answers through a Blob, whose way to another process and
// back costs three times what the whole thumbnail does here.

/** Coefficients are stored column by column. */
const ORDER = ZIGZAG.map((at) => 8 * (at & 7) + (at >> 3));

const writer = new BitWriter();
const quality80 = quantisation(80);
const FACTORS = { luma: factors(quality80.luma), chroma: factors(quality80.chroma) };

/** JPEG file of a picture with its chromas at half the size (4:2:0), at quality 80. */
export function encodeJpeg({ y, cb, cr, columns, rows }: Halved): Uint8Array<ArrayBuffer> {
  writer.restart();
  headers(columns, rows);
  const [across, down] = [Math.ceil(columns / 16), Math.ceil(rows / 16)];
  const halves = { columns: Math.ceil(columns / 2), rows: Math.ceil(rows / 2) };
  const [luma, ...chromas] = coefficients([
    { data: y, columns, rows, across: 2 * across, down: 2 * down, factors: FACTORS.luma },
    ...[cb, cr].map((data) => ({ data, ...halves, across, down, factors: FACTORS.chroma })),
  ]);
  const before = [0, 0, 0];
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      for (let part = 0; part < 4; part++) {
        const block = (2 * row + (part >> 1)) * 2 * across + 2 * column + (part & 1);
        before[0] = writeBlock(HUFFMAN.luma, luma, 64 * block, before[0]);
      }
      for (let c = 0; c < 2; c++)
        before[c + 1] = writeBlock(HUFFMAN.chroma, chromas[c], 64 * (row * across + column), before[c + 1]);
    }
  writer.flush();
  writer.all([0xff, 0xd9]);
  return writer.written();
}

/** Writes the block of coefficients at `at`; returns its mean, from which the next one's is told apart. */
function writeBlock({ dc, ac }: { dc: Huffman; ac: Huffman }, all: Int16Array, at: number, before: number): number {
  // At most 64 numbers of 27 bits, each byte of them doubled.
  writer.reserve(512);
  value(dc, 0, all[at] - before);
  let zeros = 0;
  for (let k = 1; k < 64; k++) {
    const number = all[at + ORDER[k]];
    if (number === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) writer.bits(ac.codes[0xf0], ac.lengths[0xf0]);
    value(ac, zeros << 4, number);
    zeros = 0;
  }
  if (zeros > 0) writer.bits(ac.codes[0], ac.lengths[0]);
  return all[at];
}

/** A number as its size class, in a symbol together with `run`, and as many bits; negative ones less one. */
function value({ codes, lengths }: Huffman, run: number, number: number): void {
  const size = 32 - Math.clz32(Math.abs(number));
  const symbol = run | size;
  writer.bits(codes[symbol], lengths[symbol]);
  if (size > 0) writer.bits((number < 0 ? number - 1 : number) & ((1 << size) - 1), size);
}

/** Everything before the pixels: JFIF, quantisation, frame, Huffman tables, scan (ITU T.81, B.2). */
function headers(columns: number, rows: number): void {
  const segment = (marker: number, body: readonly number[]): void =>
    writer.all([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body]);
  const zigzag = (table: Uint8Array): number[] => Array.from(ZIGZAG, (at) => table[at]);
  const table = (id: number, { counts, symbols }: Huffman): number[] => [id, ...counts, ...symbols];
  writer.all([0xff, 0xd8]);
  segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  segment(0xdb, [0, ...zigzag(quality80.luma), 1, ...zigzag(quality80.chroma)]);
  const size = [rows >> 8, rows & 255, columns >> 8, columns & 255];
  segment(0xc0, [8, ...size, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  const { luma, chroma } = HUFFMAN;
  segment(0xc4, [...table(0, luma.dc), ...table(0x10, luma.ac), ...table(1, chroma.dc), ...table(0x11, chroma.ac)]);
  segment(0xda, [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
}
