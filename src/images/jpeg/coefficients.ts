import { assemble } from '../kernel/assemble';
import { CONSTANTS, transformBlocks } from './transform';

type TransformBlocks = (
  src: number,
  stride: number,
  factors: number,
  dst: number,
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

/**
 * Quantised coefficients of planes, 64 a block, the blocks row by row, the coefficients of a block column by column.
 * Beyond the edges the last column and row go on, up to `across` x `down` blocks. They lie in the kernel's memory: the
 * next call overwrites them.
 */
export function coefficients(planes: readonly Plane[]): Int16Array[] {
  const areas = planes.map(({ across, down }) => 64 * across * down);
  const outs = areas.map((_, i) => areas.slice(0, i).reduce((at, area) => at + 2 * area, OUT_AT));
  const scratch = OUT_AT + areas.reduce((sum, area) => sum + 2 * area, 0);
  const missing = scratch + Math.max(...areas) - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  new Float32Array(memory.buffer, CONSTANTS_AT, 4).set(Object.values(CONSTANTS));
  const padded = new Uint8Array(memory.buffer, scratch);
  return planes.map((plane, i) => {
    const { across, down, factors } = plane;
    new Float32Array(memory.buffer, FACTORS_AT, 64).set(factors);
    pad(plane, padded);
    kernel()(scratch, 8 * across, FACTORS_AT, outs[i], across, down, CONSTANTS_AT);
    return new Int16Array(memory.buffer, outs[i], areas[i]);
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
