import type { IDBPObjectStore, StoreNames } from 'idb';
import { below } from './below';
import type { Database } from './connection';
import { type Ask, unreadable } from './failure';
import type { ImageRow, RowShard, Schema } from './schema';
import { isImageRow, isRowShard } from './sound';

/** Rows, and thumbnails, a record: what the page reads at a time. A record for each would cost ten times as much. */
export const ROWS = 64;

/** The records of some rows that follow each other. */
export function packRows(rows: readonly ImageRow[]): RowShard[] {
  const shards: RowShard[] = [];
  for (let from = 0; from < rows.length; from += ROWS) {
    const some = rows.slice(from, from + ROWS);
    shards.push({ dataset: some[0].dataset, first: some[0].row, rows: some });
  }
  return shards;
}

/** Keys of the records that hold rows from .. from + count - 1: the first of them may begin before. */
export async function shardRange(
  db: Database,
  store: 'rows' | 'thumbnails',
  dataset: string,
  from: number,
  count: number,
): Promise<IDBKeyRange> {
  const before = IDBKeyRange.bound([dataset], [dataset, from]);
  const holding = await db.transaction(store).store.openKeyCursor(before, 'prev');
  return IDBKeyRange.bound([dataset, holding?.key[1] ?? from], [dataset, from + count], false, true);
}

/** How many rows a data set has, by the last record of rows; `otherwise` where that cannot be read. */
export async function countRows(db: Database, dataset: string, otherwise: number): Promise<number> {
  const cursor = await db.transaction('rows').store.openCursor(below(dataset), 'prev').catch(unreadable);
  if (cursor === null) return 0;
  return isRowShard(cursor?.value) ? cursor.value.first + cursor.value.rows.length : otherwise;
}

/** Rows from .. from + count - 1, in order; fewer at the end. Those of a record that cannot be read stand as lost. */
export async function readRows(db: Database, dataset: string, from: number, count: number): Promise<ImageRow[]> {
  const range = await shardRange(db, 'rows', dataset, from, count);
  const together = await db.getAll('rows', range).catch(unreadable);
  const found = together?.every(isRowShard)
    ? together.flatMap((shard) => soundRows(dataset, shard))
    : await salvageRows(db, dataset, range);
  return found.filter(({ row }) => row >= from && row < from + count);
}

/** The rows of a range of records, read record by record. The next record, or the data set, says where each ends. */
async function salvageRows(db: Database, dataset: string, range: IDBKeyRange): Promise<ImageRow[]> {
  const keys = await db.getAllKeys('rows', IDBKeyRange.bound(range.lower, [dataset, []]));
  const end = (await db.get('datasets', dataset))?.count ?? 0;
  const shards = await Promise.all(
    keys
      .filter((key) => range.includes(key))
      .map(async (key, i) => {
        const shard = await db.get('rows', key).catch(unreadable);
        const first = key[1];
        const next = keys[i + 1]?.[1] ?? end;
        if (isRowShard(shard)) return soundRows(dataset, shard);
        return Array.from({ length: next - first }, (_, k) => lostRow(dataset, first + k));
      }),
  );
  return shards.flat();
}

const soundRows = (dataset: string, { first, rows }: RowShard): ImageRow[] =>
  rows.map((row, i) => (isImageRow(row, first + i) ? row : lostRow(dataset, first + i)));

/** Stands for a row that cannot be read: rows are counted, so it keeps its place, and its path says what happened. */
export const lostRow = (dataset: string, row: number): ImageRow => ({
  dataset,
  row,
  path: `picture ${row + 1}, whose record is damaged`,
  label: null,
  sha256: '',
  width: 0,
  height: 0,
  fileBytes: 0,
  copies: [],
});

/** A file with the bytes of a picture that is in already. */
export interface Copy {
  row: number;
  path: string;
}

type Store = IDBPObjectStore<Schema, ArrayLike<StoreNames<Schema>>, 'rows', 'readwrite'>;

/** Notes copies with the rows that they are copies of. Each record is written once, however many of its rows have some. */
export async function addCopies(store: Store, ask: Ask, dataset: string, copies: readonly Copy[]): Promise<void> {
  const changed = new Map<number, RowShard>();
  for (const { row, path } of copies) {
    const known = [...changed.values()].find(({ rows }) => rows.some((one) => one.row === row));
    const shard = known ?? (await ask(store.openCursor(IDBKeyRange.bound([dataset], [dataset, row]), 'prev')))?.value;
    const image = shard?.rows.find((one) => one.row === row);
    if (!shard || !image || image.copies.includes(path)) continue;
    image.copies.push(path);
    changed.set(shard.first, shard);
  }
  for (const shard of changed.values()) ask(store.put(shard));
}
