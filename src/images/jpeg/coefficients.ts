import { assemble } from '../../core/assemble';
import { CONSTANTS, transformBlocks } from './transform';

type TransformBlocks = (
  src: number,
  stride: number,
  factors: number,
  dst: number,
  present: number,
  across: number,
  down: number,
  constants: number,
) => void;

const memory = new WebAssembly.Memory({ initial: 1 });
const CONSTANTS_AT = 0;
const FACTORS_AT = 64;
const OUT_AT = FACTORS_AT + 256;

let loop: TransformBlocks | null = null;

/** Compiled at the first use. */
function kernel(): TransformBlocks {
  if (loop) return loop;
  const module = new WebAssembly.Module(assemble([transformBlocks]));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  loop = exports.transformBlocks as TransformBlocks;
  return loop;
}

/** A plane [rows, columns] and the blocks it is to fill. */
export interface Plane {
  data: Uint8Array;
  columns: number;
  rows: number;
  across: number;
  down: number;
  factors: Float32Array;
}

/** Blocks of 8 x 8 coefficients, one after the other. */
export interface Blocks {
  /** 64 a block, column by column. */
  values: Int16Array;
  /** 8 a block: bit r of byte c says that the coefficient of column c and row r is not 0. */
  present: Uint8Array;
}

/**
 * Quantised coefficients of planes, the blocks row by row. Beyond the edges the last column and row go on, up to
 * `across` x `down` blocks. They lie in the kernel's memory: the next call overwrites them.
 */
export function coefficients(planes: readonly Plane[]): Blocks[] {
  const blocks = planes.map(({ across, down }) => across * down);
  // A block's coefficients take 128 bytes, and what says which are there takes 8 more.
  const ends = blocks.map((_, i) => OUT_AT + 136 * blocks.slice(0, i + 1).reduce((a, b) => a + b));
  const scratch = ends[ends.length - 1];
  const missing = scratch + 64 * Math.max(...blocks) - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  new Float32Array(memory.buffer, CONSTANTS_AT, 4).set(Object.values(CONSTANTS));
  const padded = new Uint8Array(memory.buffer, scratch);
  return planes.map((plane, i) => {
    const { across, down, factors } = plane;
    new Float32Array(memory.buffer, FACTORS_AT, 64).set(factors);
    pad(plane, padded);
    const present = ends[i] - 8 * blocks[i];
    const values = present - 128 * blocks[i];
    kernel()(scratch, 8 * across, FACTORS_AT, values, present, across, down, CONSTANTS_AT);
    return {
      values: new Int16Array(memory.buffer, values, 64 * blocks[i]),
      present: new Uint8Array(memory.buffer, present, 8 * blocks[i]),
    };
  });
}

/** Byte by byte: rows are so short that a call for each costs more. */
function pad({ data, columns, rows, across, down }: Plane, padded: Uint8Array): void {
  for (let y = 0, at = 0; y < 8 * down; y++) {
    const row = Math.min(rows - 1, y) * columns;
    for (let x = 0; x < columns; x++, at++) padded[at] = data[row + x];
    for (let x = columns; x < 8 * across; x++, at++) padded[at] = data[row + columns - 1];
  }
}

/** What makes quantised coefficients of the transform's, column by column: 1 / (8 x scales of row and column x step). */
export function factors(quantisation: Uint8Array): Float32Array {
  const scale = Array.from({ length: 8 }, (_, k) => (k === 0 ? 1 : Math.SQRT2 * Math.cos((k * Math.PI) / 16)));
  return Float32Array.from({ length: 64 }, (_, i) => {
    const [column, row] = [i >> 3, i & 7];
    return 1 / (quantisation[8 * row + column] * 8 * scale[row] * scale[column]);
  });
}
