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
const PLANE_AT = FACTORS_AT + 256;

let loop: TransformBlocks | null = null;

/** Compiled at the first use. */
function kernel(): TransformBlocks {
  if (loop) return loop;
  const module = new WebAssembly.Module(assemble([transformBlocks]));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  loop = exports.transformBlocks as TransformBlocks;
  return loop;
}

/**
 * Quantised coefficients of a plane [rows, columns], 64 a block, the blocks row by row, the coefficients of a block
 * column by column. Beyond the edges the last column and row go on, up to `across` x `down` blocks.
 */
export function coefficients(
  plane: { data: Uint8Array; columns: number; rows: number },
  across: number,
  down: number,
  factors: Float32Array,
): Int16Array {
  const { data, columns, rows } = plane;
  const stride = 8 * across;
  const out = PLANE_AT + stride * 8 * down;
  const missing = out + 128 * across * down - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  new Float32Array(memory.buffer, CONSTANTS_AT, 4).set(Object.values(CONSTANTS));
  new Float32Array(memory.buffer, FACTORS_AT, 64).set(factors);
  const padded = new Uint8Array(memory.buffer, PLANE_AT, stride * 8 * down);
  for (let y = 0; y < 8 * down; y++) {
    const row = Math.min(rows - 1, y) * columns;
    padded.set(data.subarray(row, row + columns), y * stride);
    padded.fill(data[row + columns - 1], y * stride + columns, (y + 1) * stride);
  }
  kernel()(PLANE_AT, stride, FACTORS_AT, out, across, down, CONSTANTS_AT);
  return new Int16Array(memory.buffer, out, 64 * across * down).slice();
}

/** What makes quantised coefficients of the transform's, column by column: 1 / (8 x scales of row and column x step). */
export function factors(quantisation: Uint8Array): Float32Array {
  const scale = Array.from({ length: 8 }, (_, k) => (k === 0 ? 1 : Math.SQRT2 * Math.cos((k * Math.PI) / 16)));
  return Float32Array.from({ length: 64 }, (_, i) => {
    const [column, row] = [i >> 3, i & 7];
    return 1 / (quantisation[8 * row + column] * 8 * scale[row] * scale[column]);
  });
}
