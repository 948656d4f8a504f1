import { intact, sealed } from './binary';
import type { Database } from './connection';
import { guarded, transact } from './failure';
import type { StoredMap } from './schema';

/** Whose map it is, and of which state of the embeddings. */
export type MapOf = Omit<StoredMap, 'bytes' | 'check'>;

/** Keeps where an encoder places pictures, coordinates [count, 2], as long as its embeddings are there. */
export async function saveMap(db: Database, of: MapOf, map: Float32Array): Promise<void> {
  await guarded('saving the map', async () => {
    const tx = db.transaction(['maps', 'embeddings'], 'readwrite', { durability: 'relaxed' });
    await transact(tx, async (ask) => {
      if (await ask(tx.objectStore('embeddings').getKey([of.dataset, of.run])))
        ask(tx.objectStore('maps').put({ ...of, ...sealed(map) }));
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
