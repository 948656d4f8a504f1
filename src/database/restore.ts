import { Fault } from '../core/fault';
import type { Dataset, Run } from '../core/records';
import { type Backup, type BackupStore, STORES, verifiedBackup } from './backup';
import type { Database } from './connection';
import { readDataset } from './datasets';
import { inParts, isWhole } from './embedding_parts';
import { guarded, transact } from './failure';
import { datasetLock, holding, storing } from './holding';
import { unpack } from './packed';
import { pixelFiles } from './pixel_files';
import type { PixelShard } from './schema';
import { deleteDataset, OF_DATASET, OF_RUN } from './storage';
import { tarContent } from './tar';

/** Of the work, reading the file through once before anything is stored. */
const VERIFYING = 0.4;

/**
 * Stores a collection as its back-up holds it. Its own record comes last: until then nobody lists it, and what a tab that is
 * closed meanwhile leaves is swept away.
 * @throws Fault 'file' when the back-up is damaged, foreign, or of a collection that is here; 'storage': nothing was changed
 */
export async function restore(
  db: Database,
  file: Blob,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Dataset> {
  const verified = await guarded('reading the back-up', () =>
    verifiedBackup(file, db.version, (share) => {
      signal.throwIfAborted();
      progress(VERIFYING * share);
    }),
  );
  const { dataset, name } = verified.about;
  return holding(datasetLock(dataset), 'Another tab has this collection.', () =>
    storing(async () => {
      if (await db.getKey('datasets', dataset))
        throw new Fault(
          'file',
          `The collection “${name}” is here already.`,
          'Delete it first to have it as it is in the back-up.',
        );
      try {
        await putAll(db, file, verified, (share) => {
          signal.throwIfAborted();
          progress(VERIFYING + (1 - VERIFYING) * share);
        });
      } catch (cause) {
        await deleteDataset(db, dataset);
        throw cause;
      }
      return (await readDataset(db, dataset)) as Dataset;
    }),
  );
}

async function putAll(
  db: Database,
  file: Blob,
  { about, entries }: Backup,
  progress: (share: number) => void,
): Promise<void> {
  const runs = new Set<string>();
  for (const { name, from, to, size } of entries.slice(1)) {
    const store = STORES.find((one) => one === name.split('/')[0]);
    const content = tarContent(new Uint8Array(await file.slice(from, to).arrayBuffer()), size);
    const records = store ? (unpack(content) as object[]) : [];
    if (!store || !records.every((record) => belongs(record, store, about.dataset, runs)))
      throw new Fault('file', 'The back-up holds what belongs to no collection.', 'Nothing was changed.');
    if (store === 'pixels') await putPixels(db, about.dataset, records as PixelShard[]);
    else if (store === 'embeddings') await putEmbeddings(db, records);
    else await put(db, store, records);
    progress(to / file.size);
  }
}

/** Whether a record is of the collection, or of its runs, which come before what they have. */
function belongs(record: object, store: BackupStore, id: string, runs: Set<string>): boolean {
  const { dataset, run, id: own } = record as { dataset?: unknown; run?: unknown; id?: unknown };
  if (store === 'weights') return true;
  if (store === 'datasets') return own === id;
  if (store === 'runs') {
    runs.add((record as Run).id);
    return dataset === id;
  }
  const ofRun = store === 'newest' || (OF_RUN as readonly string[]).includes(store);
  return ofRun ? runs.has(run as string) : (OF_DATASET as readonly string[]).includes(store) && dataset === id;
}

async function put(db: Database, store: BackupStore, records: readonly object[]): Promise<void> {
  await guarded('opening the back-up', async () => {
    const tx = db.transaction(store, 'readwrite');
    await transact(tx, async (ask) => {
      for (const record of records) {
        // A file of weights may be here already; what is of the collection itself cannot be.
        const known = store === 'weights' && (await ask(tx.store.getKey((record as { sha256: string }).sha256)));
        if (!known) ask(tx.store.add(record as never));
      }
    });
  });
}

/** Stores embeddings; those of an older back-up are whole, and stored in parts. */
async function putEmbeddings(db: Database, records: readonly object[]): Promise<void> {
  for (const record of records) {
    const split = isWhole(record) ? inParts(record) : { head: record, parts: [] };
    if (!split) continue;
    await put(db, 'embeddingParts', split.parts);
    await put(db, 'embeddings', [split.head]);
  }
}

/** Stores pixels as an import does: in files, where the browser has some. */
async function putPixels(db: Database, dataset: string, shards: readonly PixelShard[]): Promise<void> {
  const files = await pixelFiles(db.name, dataset);
  const records: PixelShard[] = [];
  for (const shard of shards) {
    if (!(shard.pixels instanceof ArrayBuffer))
      throw new Fault('file', 'The back-up lacks pixels.', 'Nothing was changed.');
    const bytes = new Uint8Array(shard.pixels);
    const pixels = files ? await guarded('opening the back-up', () => files.write(bytes)) : shard.pixels;
    records.push({ ...shard, pixels });
  }
  await put(db, 'pixels', records);
}
