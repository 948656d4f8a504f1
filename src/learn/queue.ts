import { Draws } from '../core/random';
import type { NamedArray } from '../core/records';
import { sliceRows, writeRing } from '../graph/ops/rows';
import type { Tensor } from '../graph/tensor';

/** Names of the ring of keys [K, C] and of the picture that each row came from, int32 [K]. */
export const QUEUE = 'queue';
export const QUEUE_IDS = 'queue.ids';

/** No picture: rows of the first queue mask nothing. */
export const NO_PICTURE = -1;

/** Random directions of length 1, as the authors' code fills the queue: any other length would skew the logits. */
export function initialQueue(rows: number, dim: number, seed: number): Record<string, NamedArray> {
  const data = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    const draws = new Draws({ seed, purpose: 'queue', image: row });
    const direction = Array.from({ length: dim }, () => draws.normal());
    const length = Math.hypot(...direction);
    for (let i = 0; i < dim; i++) data[row * dim + i] = direction[i] / length;
  }
  return {
    [QUEUE]: { shape: [rows, dim], data },
    [QUEUE_IDS]: { shape: [rows], data: new Int32Array(rows).fill(NO_PICTURE) },
  };
}

/** The row to be overwritten next, after `keys` more: a ring, also where the rows are no multiple of the keys. */
export const advance = (pointer: number, keys: number, rows: number): number => (pointer + keys) % rows;

/** Rows written into the ring one after another from the pointer on: of more rows than it holds, the last ones stay. */
export function enqueue(ring: Tensor, rows: Tensor, pointer: Tensor): Tensor {
  const [size, count] = [ring.shape[0], rows.shape[0]];
  let written = ring;
  for (let begin = 0; begin < count; begin += size) {
    const round = count <= size ? rows : sliceRows(rows, begin, Math.min(size, count - begin));
    written = writeRing(written, round, pointer);
  }
  return written;
}
