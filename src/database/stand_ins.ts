import type { IDBPObjectStore, StoreNames } from 'idb';
import { standIns } from '../core/set_aside';
import { sealed } from './binary';
import { checkOf, PART_ROWS, partsOf } from './embedding_parts';
import { type Ask, readable } from './failure';
import type { Schema, StoredEmbeddings } from './schema';

export type PartStore = IDBPObjectStore<Schema, ArrayLike<StoreNames<Schema>>, 'embeddingParts', 'readwrite'>;

/**
 * Puts the embeddings of other pictures in the place of removed ones, in the parts that hold some. Returns the checksums of
 * all parts as they are then.
 * @param from rows before this one have their stand-ins
 */
export async function putStandIns(
  store: PartStore,
  ask: Ask,
  head: StoredEmbeddings,
  removed: readonly number[],
  from = 0,
): Promise<Uint32Array> {
  const { count, dim } = head;
  const [dataset, run] = partsOf(head);
  const parts = new Map<number, Float32Array>();
  const partOf = async (row: number): Promise<Float32Array | null> => {
    const first = row - (row % PART_ROWS);
    const known = parts.get(first);
    if (known) return known;
    const stored = await ask(readable(store.get([dataset, run, first])));
    if (!stored || checkOf(stored.bytes) !== head.checks[first / PART_ROWS]) return null;
    const part = new Float32Array(stored.bytes);
    parts.set(first, part);
    return part;
  };
  const at = (row: number): number => (row % PART_ROWS) * dim;
  const changed = new Set<number>();
  for (const [row, other] of standIns({ count, removed: removed.filter((one) => one < count) })) {
    if (row < from) continue;
    const [to, source] = [await partOf(row), await partOf(other)];
    if (!to || !source) continue;
    to.set(source.subarray(at(other), at(other) + dim), at(row));
    changed.add(row - (row % PART_ROWS));
  }
  const checks = head.checks.slice();
  for (const first of changed) {
    const { bytes, check } = sealed(parts.get(first) as Float32Array);
    checks[first / PART_ROWS] = check;
    ask(store.put({ dataset, run, first, bytes }));
  }
  return checks;
}
