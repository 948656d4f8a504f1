import { Fault } from '../core/fault';
import type { Dataset } from '../core/records';
import { withAside } from '../core/set_aside';
import { below } from './below';
import { sealed } from './binary';
import type { Database } from './connection';
import { goneFault, guarded, readable, transact, unreadable } from './failure';
import { pixelFiles } from './pixel_files';
import { salvageShard, shardIndex } from './pixels';
import type { ImageRow, PixelShard } from './schema';
import { isLabelRecord, isRowShard, soundEmbeddings } from './sound';
import { putStandIns } from './stand_ins';
import { thumbnailBytes, withoutThumbnails } from './thumbnails';

const STORES = [
  ...(['datasets', 'rows', 'thumbnails', 'pixels'] as const),
  ...(['embeddings', 'embeddingParts', 'maps', 'labels', 'judgements'] as const),
] as const;

/**
 * Removes pictures of a data set for good, in one transaction: their paths, thumbnails, pixels, labels and embeddings, and what
 * tests found. Everything refers to pictures by row, so their rows stay: empty, and set aside for ever. Returns the data set as it is then.
 * @throws Fault 'config' when none would be left, 'data' when the data set is gone
 */
export async function removePictures(db: Database, id: string, rows: readonly number[]): Promise<Dataset> {
  return guarded('removing pictures', async () => {
    const before = await db.get('datasets', id);
    if (!before) throw goneFault('collection');
    const removed = withAside(before.removed ?? [], rows, true).filter((row) => row < before.count);
    if (removed.length === before.count)
      throw new Fault('config', `No picture of “${before.name}” would be left.`, 'Delete the collection instead.');
    const gone = new Set(removed);
    const blank = await blankPixels(db, id, new Set(rows));
    let after = before;
    try {
      const tx = db.transaction(STORES, 'readwrite');
      await transact(tx, async (ask) => {
        const said = (await ask(tx.objectStore('datasets').get(id))) ?? before;
        const labels = new Map(Object.entries(said.labels));
        let { bytes, duplicates } = said;
        for (const shard of await ask(tx.objectStore('rows').getAll(below(id)))) {
          if (!isRowShard(shard) || !holds(shard.first, shard.rows.length, rows)) continue;
          for (const [i, { label, copies, ...row }] of shard.rows.entries()) {
            if (!gone.has(shard.first + i)) continue;
            if (label !== null) labels.set(label, (labels.get(label) ?? 1) - 1);
            duplicates -= copies?.length ?? 0;
            shard.rows[i] = emptyRow(row);
          }
          ask(tx.objectStore('rows').put(shard));
        }
        for (const key of await ask(tx.objectStore('thumbnails').getAllKeys(below(id)))) {
          const shard = await ask(readable(tx.objectStore('thumbnails').get(key)));
          if (!shard || !holds(shard.first, shard.types.length, rows)) continue;
          bytes -= thumbnailBytes(shard, gone);
          ask(tx.objectStore('thumbnails').put(withoutThumbnails(shard, gone)));
        }
        for (const shard of blank.records) ask(tx.objectStore('pixels').put(shard));
        for (const stored of (await ask(readable(tx.objectStore('embeddings').getAll(below(id))))) ?? []) {
          const head = soundEmbeddings(stored);
          if (!head) continue;
          const checks = await putStandIns(tx.objectStore('embeddingParts'), ask, head, removed);
          ask(tx.objectStore('embeddings').put({ ...head, checks }));
        }
        for (const key of await ask(tx.objectStore('maps').getAllKeys(below(id))))
          if (key[2] === 'refined rows') ask(tx.objectStore('maps').delete(key));
        for (const record of await ask(tx.objectStore('labels').getAll(below(id)))) {
          if (!isLabelRecord(record)) continue;
          const values = record.column.values.map((value, row) => (gone.has(row) ? null : value));
          ask(
            tx.objectStore('labels').put({ ...record, column: { ...record.column, values } as typeof record.column }),
          );
        }
        ask(tx.objectStore('judgements').delete(below(id)));
        after = {
          ...said,
          ...{ removed, bytes, duplicates },
          setAside: withAside(said.setAside ?? [], removed, true),
          pins: said.pins.filter((row) => !gone.has(row)),
          labels: Object.fromEntries([...labels].filter(([, pictures]) => pictures > 0)),
        };
        ask(tx.objectStore('datasets').put(after));
      });
    } catch (cause) {
      await blank.remove(blank.made);
      throw cause;
    }
    await blank.remove(blank.replaced);
    return after;
  });
}

const holds = (first: number, count: number, rows: readonly number[]): boolean =>
  rows.some((row) => row >= first && row < first + count);

const emptyRow = ({ dataset, row }: Pick<ImageRow, 'dataset' | 'row'>): ImageRow => ({
  ...{ dataset, row, path: `removed picture ${row + 1}`, label: null, sha256: '' },
  ...{ width: 0, height: 0, fileBytes: 0, copies: [] },
});

/** The shards that hold some rows, with zeros in their place: in new files, which the records are still to name. */
async function blankPixels(db: Database, dataset: string, gone: ReadonlySet<number>) {
  const files = await pixelFiles(db.name, dataset);
  const records: PixelShard[] = [];
  const [made, replaced]: [string[], string[]] = [[], []];
  const remove = async (names: readonly string[]): Promise<void> => files?.remove(names);
  try {
    for (const { first, count } of await shardIndex(db, dataset)) {
      if (!holds(first, count, [...gone])) continue;
      const stored = await db.get('pixels', [dataset, first]).catch(unreadable);
      if (!stored) continue;
      const { pixels } = await salvageShard(db, dataset, first);
      const size = pixels.length / count;
      const checks = Uint32Array.from(stored.checks);
      for (let i = 0; i < count; i++) {
        if (!gone.has(first + i)) continue;
        const picture = pixels.subarray(i * size, (i + 1) * size).fill(0);
        checks[i] = sealed(picture).check;
      }
      const kept = files ? await files.write(pixels) : (pixels.slice().buffer as ArrayBuffer);
      records.push({ ...stored, checks, pixels: kept });
      if (typeof kept === 'string') made.push(kept);
      if (typeof stored.pixels === 'string') replaced.push(stored.pixels);
    }
  } catch (cause) {
    await remove(made);
    throw cause;
  }
  return { records, made, replaced, remove };
}
