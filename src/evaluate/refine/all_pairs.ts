import { builds } from 'virtual:all-pairs';
import { fromBase64 } from '../../core/formats/base64';
import type { Rows } from '../rows';
import { finish, type Work } from '../work';

/** Of all rows the k nearest other rows, nearest first, and how unlike they are to the least like one. */
export interface NeighbourTable {
  k: number;
  /** [count, k]; -1 where there are fewer others. */
  rows: Int32Array;
  /** [count, k]: cosines; -Infinity where there are fewer others. */
  similarities: Float32Array;
  /** [count]: the lowest cosine with any row, at most 1. */
  lowest: Float32Array;
}

/** Rows of a panel, side by side: a vector of WebAssembly has one value of each. */
const PANEL = 4;

const compiled = new WebAssembly.Module(fromBase64(builds.plain));

/** Products made between two pauses: about 10 ms. */
const PIECE = 2 ** 25;

/** Every pair of rows of length 1 once, exhaustively, in single precision; of equals the lower row comes first. */
export const allPairs = (rows: Rows, k: number): NeighbourTable => finish(pairing(rows, k));

/** The same in pieces. */
export function* pairing({ values, count, dim }: Rows, k: number): Work<NeighbourTable> {
  const padded = Math.ceil(count / PANEL) * PANEL;
  const memory = new WebAssembly.Memory({ initial: 1 });
  let used = 0;
  const take = (length: number): number => {
    const from = used;
    used += 4 * Math.ceil(length / PANEL) * PANEL;
    return from;
  };
  const [at, scratch, bars, lowest] = [take(padded * dim), take(PANEL), take(padded), take(padded)];
  const [rows, scores] = [take(count * k), take(count * k)];
  memory.grow(Math.max(0, Math.ceil(used / 2 ** 16) - 1));
  const floats = (from: number, length: number) => new Float32Array(memory.buffer, from, length);
  const panels = floats(at, padded * dim);
  for (let row = 0, from = 0; row < count; row++)
    for (let i = 0, to = (row - (row % PANEL)) * dim + (row % PANEL); i < dim; i++, to += PANEL)
      panels[to] = values[from++];
  floats(bars, padded).fill(-Infinity);
  floats(lowest, padded).fill(1);
  floats(scores, count * k).fill(-Infinity);
  const found = new Int32Array(memory.buffer, rows, count * k).fill(-1);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const pairs = exports.pairs as (...numbers: number[]) => void;
  for (let from = 0; from < count; ) {
    const before = Math.max(from, Math.sqrt(PIECE / dim));
    const upTo = from + PANEL * Math.ceil(PIECE / (PANEL * dim * before));
    pairs(at, count, dim, k, rows, scores, bars, lowest, scratch, from, upTo);
    from = upTo;
    yield Math.min(1, (from / count) ** 2);
  }
  const similarities = floats(scores, count * k).slice();
  return { k, rows: found.slice(), similarities, lowest: floats(lowest, count).slice() };
}
