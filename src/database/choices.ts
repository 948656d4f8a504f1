import type { Database } from './connection';
import { guarded } from './failure';

/** What was measured to be fastest on a graphics device, by what was measured; empty for one that is not known. */
export async function loadChoices(db: Database, adapter: string): Promise<ReadonlyMap<string, string>> {
  const stored = await guarded('reading what was measured', () => db.get('choices', adapter));
  return new Map(Object.entries(stored?.chosen ?? {}));
}

export async function saveChoices(db: Database, adapter: string, chosen: ReadonlyMap<string, string>): Promise<void> {
  await guarded('keeping what was measured', () => db.put('choices', { adapter, chosen: Object.fromEntries(chosen) }));
}
