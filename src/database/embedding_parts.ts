import { checksum } from '../core/checksum';
import type { EmbeddingTable } from '../core/records';
import { below } from './below';
import { intact } from './binary';
import type { EmbeddingPart, StoredEmbeddings } from './schema';

// Embeddings lie in parts: of 100,000 pictures they are 300 MB, which a record of its own would have copied whole for every
// picture that is added.

/** Rows a part: some MB. */
export const PART_ROWS = 2048;

export const partCount = (count: number): number => Math.ceil(count / PART_ROWS);

export const checkOf = (bytes: ArrayBuffer): number => checksum(new Uint8Array(bytes));

/** Keys of the parts of embeddings: each time they are computed anew, they lie under another name. */
export const partsOf = ({ dataset, run, parts = run }: Pick<StoredEmbeddings, 'dataset' | 'run' | 'parts'>) =>
  [dataset, parts] as const;

/** The keys of all of them. */
export const partsRange = (of: Parameters<typeof partsOf>[0]): IDBKeyRange => below(...partsOf(of));

/** A record of embeddings as versions before 7 had them: whole. */
export type WholeEmbeddings = Omit<EmbeddingTable, 'values'> & { bytes: ArrayBuffer; check: number };

export const isWhole = (stored: object): stored is WholeEmbeddings => 'bytes' in stored;

/** The same in parts; null where it is damaged: it is computed anew. */
export function inParts(stored: WholeEmbeddings): { head: StoredEmbeddings; parts: EmbeddingPart[] } | null {
  const { bytes, check: _, ...head } = stored;
  const { dataset, run, count, dim } = head;
  if (!intact(stored) || bytes.byteLength !== 4 * count * dim) return null;
  const parts = Array.from({ length: partCount(count) }, (_, number) => {
    const first = number * PART_ROWS;
    return { dataset, run, first, bytes: bytes.slice(4 * first * dim, 4 * (first + PART_ROWS) * dim) };
  });
  return { head: { ...head, checks: Uint32Array.from(parts, (part) => checkOf(part.bytes)) }, parts };
}
