import type { Halved } from '../colour';
import { BitWriter } from './bits';
import { type Blocks, coefficients, factors } from './coefficients';
import { HUFFMAN, type Huffman, quantisation, ZIGZAG } from './tables';

// A baseline encoder for thumbnails. The browser's own one answers through a Blob, whose way to another process and
// back costs three times what the whole thumbnail does here.

/** Coefficients are stored column by column. */
const ORDER = ZIGZAG.map((at) => 8 * (at & 7) + (at >> 3));
/** For each column and each byte that says which of its coefficients are there: their places in the zigzag, as bits. */
const FIRST_HALF = new Int32Array(8 * 256);
const SECOND_HALF = new Int32Array(8 * 256);
ORDER.forEach((at, place) => {
  const half = place < 32 ? FIRST_HALF : SECOND_HALF;
  for (let byte = 0; byte < 256; byte++) if (byte & (1 << (at & 7))) half[256 * (at >> 3) + byte] |= 1 << (place & 31);
});

interface Tables {
  dc: Huffman;
  ac: Huffman;
}

const writer = new BitWriter();
const quality80 = quantisation(80);
const FACTORS = { luma: factors(quality80.luma), chroma: factors(quality80.chroma) };

const HEAD = Uint8Array.from(head());
/** Where the rows and columns stand: 5 bytes into the frame's segment of 19, before that of the scan, of 14. */
const SIZE_AT = HEAD.length - 14 - 19 + 5;
let file = new Uint8Array(65536);

/** JPEG file of a picture with its chromas at half the size (4:2:0), at quality 80. */
export function encodeJpeg({ y, cb, cr, columns, rows }: Halved): Uint8Array<ArrayBuffer> {
  writer.restart();
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
        before[0] = writeBlock(HUFFMAN.luma, luma, block, before[0]);
      }
      for (let c = 0; c < 2; c++)
        before[c + 1] = writeBlock(HUFFMAN.chroma, chromas[c], row * across + column, before[c + 1]);
    }
  if (file.length < HEAD.length + writer.most + 2) file = new Uint8Array(2 * (HEAD.length + writer.most));
  file.set(HEAD);
  file.set([rows >> 8, rows & 255, columns >> 8, columns & 255], SIZE_AT);
  const end = writer.write(file, HEAD.length);
  file.set([0xff, 0xd9], end);
  return file.slice(0, end + 2);
}

/** Writes a block of coefficients; returns its mean, from which the next one's is told apart. */
function writeBlock({ dc, ac }: Tables, { values, present }: Blocks, block: number, before: number): number {
  // At most 64 numbers of two codes each, and three codes of zeros before one.
  writer.reserve(256);
  const at = 64 * block;
  let [first, second] = [0, 0];
  for (let column = 0; column < 8; column++) {
    const byte = 256 * column + present[8 * block + column];
    first |= FIRST_HALF[byte];
    second |= SECOND_HALF[byte];
  }
  value(dc, 0, values[at] - before);
  let last = 0;
  // From the lowest bit on: each is a number that is not 0, and clears itself.
  for (let bits = first & ~1; bits !== 0; bits &= bits - 1) last = number(ac, values, at, lowest(bits), last);
  for (let bits = second; bits !== 0; bits &= bits - 1) last = number(ac, values, at, 32 + lowest(bits), last);
  if (last < 63) writer.bits(ac.codes[0], ac.lengths[0]);
  return values[at];
}

const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** Writes the number at a place of the zigzag with the zeros since the last one. Returns its place. */
function number(ac: Huffman, values: Int16Array, at: number, place: number, last: number): number {
  let zeros = place - last - 1;
  for (; zeros > 15; zeros -= 16) writer.bits(ac.codes[0xf0], ac.lengths[0xf0]);
  value(ac, zeros << 4, values[at + ORDER[place]]);
  return place;
}

/** A number as its size class, in a symbol together with `run`, and as many bits; negative ones less one. */
function value({ codes, lengths }: Huffman, run: number, number: number): void {
  const size = 32 - Math.clz32(Math.abs(number));
  const symbol = run | size;
  const length = lengths[symbol];
  const rest = (number < 0 ? number - 1 : number) & ((1 << size) - 1);
  if (length + size <= 16) {
    writer.bits((codes[symbol] << size) | rest, length + size);
    return;
  }
  writer.bits(codes[symbol], length);
  if (size > 0) writer.bits(rest, size);
}

/** Everything before the pixels: JFIF, quantisation, frame, Huffman tables, scan (ITU T.81, B.2). The size is 0 x 0. */
function head(): number[] {
  const segment = (marker: number, body: readonly number[]): number[] => [
    ...[0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255],
    ...body,
  ];
  const zigzag = (table: Uint8Array): number[] => Array.from(ZIGZAG, (at) => table[at]);
  const table = (id: number, { counts, symbols }: Huffman): number[] => [id, ...counts, ...symbols];
  const { luma, chroma } = HUFFMAN;
  return [
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...zigzag(quality80.luma), 1, ...zigzag(quality80.chroma)]),
    ...segment(0xc4, [
      ...table(0, luma.dc),
      ...table(0x10, luma.ac),
      ...table(1, chroma.dc),
      ...table(0x11, chroma.ac),
    ]),
    ...segment(0xc0, [8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]),
    ...segment(0xda, [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]),
  ];
}
