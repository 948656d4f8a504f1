import { checksum } from '../core/checksum';
import type { EmbeddingTable } from '../core/records';
import { intact } from './binary';
import type { EmbeddingPart, StoredEmbeddings } from './schema';

// Embeddings lie in parts: of 100,000 pictures they are 300 MB, which a record of its own would have copied whole for every
// picture that is added.

/** Rows a part: some MB. */
export const PART_ROWS = 2048;

export const partCount = (count: number): number => Math.ceil(count / PART_ROWS);

/** The embeddings, and those of other pictures in the place of some: row -> the row that stands in for it. */
export type Standing = Pick<EmbeddingTable, 'dataset' | 'run' | 'count' | 'dim' | 'values'> & {
  standIns?: ReadonlyMap<number, number>;
};

/** The parts of a table from the one numbered `from` on, each made when it is asked for. */
export function* partsOf({ dataset, run, count, dim, values, standIns = new Map() }: Standing, from = 0) {
  for (let number = from; number < partCount(count); number++) {
    const first = number * PART_ROWS;
    const part = values.slice(first * dim, Math.min(count, first + PART_ROWS) * dim);
    for (const [row, other] of standIns)
      if (row >= first && row < first + PART_ROWS)
        part.set(values.subarray(other * dim, (other + 1) * dim), (row - first) * dim);
    yield { record: { dataset, run, first, bytes: part.buffer } satisfies EmbeddingPart, check: checkOf(part.buffer) };
  }
}

export const checkOf = (bytes: ArrayBuffer): number => checksum(new Uint8Array(bytes));

/** A record of embeddings as versions before 7 had them: whole. */
export type WholeEmbeddings = Omit<EmbeddingTable, 'values'> & { bytes: ArrayBuffer; check: number };

export const isWhole = (stored: object): stored is WholeEmbeddings => 'bytes' in stored;

/** The same in parts; null where it is damaged: it is computed anew. */
export function inParts(stored: WholeEmbeddings): { head: StoredEmbeddings; parts: EmbeddingPart[] } | null {
  const { bytes, check: _, ...head } = stored;
  if (!intact(stored) || bytes.byteLength !== 4 * head.count * head.dim) return null;
  const made = [...partsOf({ ...head, values: new Float32Array(bytes) })];
  const checks = Uint32Array.from(made, ({ check }) => check);
  return { head: { ...head, checks }, parts: made.map(({ record }) => record) };
}
