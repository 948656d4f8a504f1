import type { Database } from './connection';
import { guarded, transact } from './failure';

/** What was measured to be fastest on a graphics device, by what was measured; empty for one that is not known. */
export async function loadChoices(db: Database, adapter: string): Promise<ReadonlyMap<string, string>> {
  const stored = await guarded('reading what was measured', () => db.get('choices', adapter));
  return new Map(Object.entries(stored?.chosen ?? {}));
}

/** Forgets what was measured, on every adapter. */
export const deleteChoices = (db: Database): Promise<void> =>
  guarded('forgetting what was measured', () => db.clear('choices'));

/** Adds to what is kept, and says what is kept then. What another tab has kept since stands: runs resume with it. */
export async function saveChoices(
  db: Database,
  adapter: string,
  chosen: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  return guarded('keeping what was measured', async () => {
    let kept: Record<string, string> = {};
    const tx = db.transaction('choices', 'readwrite');
    await transact(tx, async (ask) => {
      const stored = await ask(tx.store.get(adapter));
      kept = { ...Object.fromEntries(chosen), ...stored?.chosen };
      void ask(tx.store.put({ adapter, chosen: kept }));
    });
    return new Map(Object.entries(kept));
  });
}
