import { isBundled } from '../core/config';
import { Fault } from '../core/fault';
import { pretrainedRun } from '../core/pretrained';
import type { Dataset } from '../core/records';
import { below } from './below';
import { joined } from './binary';
import type { Database } from './connection';
import { goneFault, guarded } from './failure';
import { pack } from './packed';
import { readPixelFile } from './pixel_files';
import type { PixelShard } from './schema';
import { OF_DATASET, OF_RUN } from './storage';
import { TAR_END, type TarEntry, tarContent, tarEntry, tarHeader } from './tar';
import { listWeightsFiles } from './weights';

// A back-up is a tar archive: about.json, then records of the stores, some a file, and last the SHA-256 of all before.

/** A back-up made by a later version may hold what this one does not know. */
const BACKUP_VERSION = 1;

/** What a back-up says of itself, first. */
export interface About {
  format: 'Lookalike collection';
  version: number;
  /** Of the database it was made from. */
  schema: number;
  dataset: string;
  name: string;
}

/** The stores in the order in which they are put back. */
export const STORES = ['weights', 'runs', 'newest', ...OF_DATASET, ...OF_RUN, 'datasets'] as const;
export type BackupStore = (typeof STORES)[number];

/** Records a file of the archive: a few MB. */
const TOGETHER = 4;

/** The files of a data set's back-up, one after the other. `share`: what is done of it then. @throws Fault 'data', 'storage' */
export async function* backupOf(
  db: Database,
  id: string,
): AsyncGenerator<{ bytes: Uint8Array<ArrayBuffer>; share: number }> {
  const dataset = await guarded('reading a collection', () => db.get('datasets', id));
  if (!dataset) throw goneFault('collection');
  const keys = await keysOf(db, dataset);
  const count = keys.reduce((sum, { key }) => sum + key.length, 0);
  const digests: Uint8Array[] = [];
  const file = async (name: string, content: Uint8Array, share: number) => {
    const bytes = tarEntry(name, content);
    digests.push(await sha256(bytes));
    return { bytes, share };
  };
  const about: About = {
    ...{ format: 'Lookalike collection', version: BACKUP_VERSION, schema: db.version },
    ...{ dataset: id, name: dataset.name },
  };
  yield await file('about.json', new TextEncoder().encode(JSON.stringify(about)), 0);
  let done = 0;
  for (const { store, key } of keys)
    for (let from = 0; from < key.length; from += TOGETHER) {
      const some = key.slice(from, from + TOGETHER);
      const records = await guarded('reading a collection', () =>
        Promise.all(some.map(async (one) => whole(db, await db.get(store, one as never)))),
      );
      done += some.length;
      yield await file(`${store}/${String(from).padStart(9, '0')}`, pack(records), done / count);
    }
  yield { bytes: endOf(await sha256(joined(digests))), share: 1 };
}

/** The keys of everything that a data set needs, store by store. */
async function keysOf(db: Database, { id }: Dataset): Promise<{ store: BackupStore; key: readonly IDBValidKey[] }[]> {
  return guarded('reading a collection', async () => {
    const runs = await db.getAllFromIndex('runs', 'dataset', id);
    const ids = runs.map((run) => run.id);
    const embedded = (await db.getAllKeys('embeddings', below(id))).map(([, encoder]) => encoder);
    const starts = runs.flatMap(({ config: { start } }) => (start && !isBundled(start) ? [start.sha256] : []));
    const given = await listWeightsFiles(db);
    const weights = given.filter(
      ({ name, sha256 }) => starts.includes(sha256) || embedded.includes(pretrainedRun(name)),
    );
    const newest = (await db.getAllKeys('newest')).filter((run) => ids.includes(run));
    const all: { store: BackupStore; key: readonly IDBValidKey[] }[] = [
      { store: 'weights', key: weights.map(({ sha256 }) => sha256) },
      { store: 'runs', key: ids },
      { store: 'newest', key: newest },
    ];
    for (const store of OF_DATASET) all.push({ store, key: await db.getAllKeys(store, below(id)) });
    for (const store of OF_RUN) for (const run of ids) all.push({ store, key: await db.getAllKeys(store, below(run)) });
    return [...all, { store: 'datasets' as const, key: [id] }];
  });
}

/** A record with what lies in a file beside it. Pixels that are lost stay so. */
async function whole(db: Database, record: unknown): Promise<unknown> {
  const { pixels, dataset } = record as PixelShard;
  if (typeof pixels !== 'string') return record;
  return { ...(record as PixelShard), pixels: (await readPixelFile(db.name, dataset, pixels)) ?? new ArrayBuffer(0) };
}

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** The last file and the end of the archive. */
function endOf(digest: Uint8Array): Uint8Array<ArrayBuffer> {
  const last = tarEntry('sha256', digest);
  const end = new Uint8Array(last.length + TAR_END.length);
  end.set(last);
  return end;
}

/** A back-up whose bytes are all as they were written. */
export interface Backup {
  about: About;
  entries: TarEntry[];
}

/**
 * Reads a back-up from its first to its last byte.
 * @throws Fault 'file' when it is none, of a later version, or not what was written
 */
export async function verifiedBackup(file: Blob, schema: number, progress: (share: number) => void): Promise<Backup> {
  const damaged = new Fault(
    'file',
    'The back-up is damaged or not complete.',
    'Nothing was changed. Use another copy of it.',
  );
  const end = endOf(new Uint8Array(32)).length;
  const digests: Uint8Array[] = [];
  const entries: TarEntry[] = [];
  let about: About | null = null;
  for (let at = 0; at < file.size - end; at = entries[entries.length - 1].to) {
    const entry = tarHeader(new Uint8Array(await file.slice(at, at + 512).arrayBuffer()), at);
    if (at === 0 && entry?.name !== 'about.json') break;
    if (!entry || entry.to > file.size - end) throw damaged;
    const bytes = new Uint8Array(await file.slice(at, entry.to).arrayBuffer());
    if (at === 0) about = aboutIn(tarContent(bytes, entry.size));
    digests.push(await sha256(bytes));
    entries.push(entry);
    progress(entry.to / file.size);
  }
  if (!about)
    throw new Fault(
      'file',
      'This file is no back-up of a collection.',
      'Choose a file whose name ends with .lookalike.',
    );
  const expected = endOf(await sha256(joined(digests)));
  const found = new Uint8Array(await file.slice(file.size - end).arrayBuffer());
  if (expected.some((byte, i) => byte !== found[i])) throw damaged;
  if (about.version > BACKUP_VERSION || about.schema > schema)
    throw new Fault(
      'file',
      'The back-up was made by a newer version of Lookalike.',
      'Reload the page to get the newer version.',
    );
  return { about, entries };
}

function aboutIn(content: Uint8Array): About | null {
  try {
    const about: About = JSON.parse(new TextDecoder().decode(content));
    return about.format === 'Lookalike collection' ? about : null;
  } catch {
    return null;
  }
}
