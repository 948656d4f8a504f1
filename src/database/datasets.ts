import type { Dataset, DatasetChange } from '../core/records';
import { withAside } from '../core/set_aside';
import type { Database } from './connection';
import { goneFault, guarded, transact } from './failure';
import { readPaths } from './images';
import { countRows } from './rows';
import { type Aside, isLabelCounts, soundDataset } from './sound';

/** All data sets, newest first. Those whose record is damaged are left out. */
export async function listDatasets(db: Database, aside: Aside = () => undefined): Promise<Dataset[]> {
  const stored = await guarded('reading the collections', () => db.getAll('datasets'));
  const datasets = await Promise.all(stored.map((one) => mended(db, one)));
  for (const [i, { id, name }] of stored.entries()) if (!datasets[i]) aside(`The collection ${name ?? id}`);
  return datasets.filter((one) => one !== null).sort((a, b) => b.createdAt - a.createdAt);
}

export async function readDataset(db: Database, id: string): Promise<Dataset | undefined> {
  const stored = await guarded('reading a collection', () => db.get('datasets', id));
  return (stored && (await mended(db, stored))) ?? undefined;
}

/**
 * With the count of the rows that are stored, whatever the record says, and with labels that are damaged counted anew from
 * the rows.
 */
async function mended(db: Database, stored: Dataset): Promise<Dataset | null> {
  const { id, count } = stored;
  const rows = await countRows(db, id, count);
  const sound = soundDataset({ ...stored, count: rows });
  if (!sound || (rows === count && isLabelCounts(stored.labels))) return sound;
  const counts = new Map<string, number>();
  for (const { label } of await readPaths(db, id)) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  return { ...sound, labels: Object.fromEntries(counts) };
}

/** Changes what the user says of a data set, read and written in one transaction. Returns it as it is then, if it is there. */
export async function putDatasetChange(
  db: Database,
  id: string,
  values: DatasetChange & Partial<Pick<Dataset, 'complete' | 'count' | 'labels'>>,
): Promise<Dataset | undefined> {
  await guarded('changing a collection', async () => {
    const tx = db.transaction('datasets', 'readwrite');
    await transact(tx, async (ask) => {
      const before = await ask(tx.store.get(id));
      if (before) ask(tx.store.put({ ...before, ...values }));
    });
  });
  return readDataset(db, id);
}

/** Sets rows aside, or restores them, read and written in one transaction. Returns all that are set aside then. */
export function putSetAside(
  db: Database,
  id: string,
  rows: readonly number[],
  aside: boolean,
): Promise<readonly number[]> {
  return guarded('setting pictures aside', async () => {
    let setAside: readonly number[] = [];
    const tx = db.transaction('datasets', 'readwrite');
    await transact(tx, async (ask) => {
      const before = await ask(tx.store.get(id));
      if (!before) throw goneFault('collection');
      setAside = withAside(withAside(before.setAside ?? [], rows, aside), before.removed ?? [], true);
      ask(tx.store.put({ ...before, setAside }));
    });
    return setAside;
  });
}

export async function readSetAside(db: Database, id: string): Promise<readonly number[]> {
  return (await readDataset(db, id))?.setAside ?? [];
}
