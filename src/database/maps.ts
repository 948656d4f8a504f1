import { intact, sealed } from './binary';
import type { Database } from './connection';
import { guarded, transact } from './failure';
import { pack, unpack } from './packed';
import type { StoredMap } from './schema';

// What takes seconds to compute from the embeddings of a large collection.

/** Whose it is, and of which state of the embeddings. */
export type MapOf = Omit<StoredMap, 'bytes' | 'check'>;

/** Keeps where an encoder places pictures, coordinates [count, 2], as long as its embeddings are there. */
export const saveMap = (db: Database, of: MapOf, map: Float32Array): Promise<void> => save(db, of, map, 'the map');

/** Keeps an encoder's refined embeddings, and what refines more. */
export const saveRefined = (db: Database, of: Omit<MapOf, 'view'>, refined: object): Promise<void> =>
  save(db, { ...of, view: 'refined rows' }, pack(refined), 'refined embeddings');

/** Refined embeddings of this version, as they were saved. Null: there are none, or they are damaged. */
export async function loadRefined(db: Database, { dataset, run, version }: Omit<MapOf, 'view'>): Promise<unknown> {
  const stored = await guarded('reading refined embeddings', () => db.get('maps', [dataset, run, 'refined rows']));
  return stored?.version === version && intact(stored) ? unpack(new Uint8Array(stored.bytes)) : null;
}

async function save(db: Database, of: MapOf, array: Float32Array | Uint8Array, what: string): Promise<void> {
  await guarded(`saving ${what}`, async () => {
    const tx = db.transaction(['maps', 'embeddings'], 'readwrite', { durability: 'relaxed' });
    await transact(tx, async (ask) => {
      if (await ask(tx.objectStore('embeddings').getKey([of.dataset, of.run])))
        ask(tx.objectStore('maps').put({ ...of, ...sealed(array) }));
    });
  });
}

/** A map, and of which state of the embeddings it is. Null: there is none, or it is damaged. */
export async function loadMap(
  db: Database,
  { dataset, run, view }: Omit<MapOf, 'version'>,
): Promise<{ version: string; map: Float32Array } | null> {
  const stored = await guarded('reading the map', () => db.get('maps', [dataset, run, view]));
  return stored && intact(stored) ? { version: stored.version, map: new Float32Array(stored.bytes) } : null;
}
