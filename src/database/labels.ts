import type { LabelColumn } from '../core/labels/column';
import { below } from './below';
import type { Database } from './connection';
import { type Ask, goneFault, guarded, readable, transact } from './failure';
import { type Aside, isLabelRecord } from './sound';

/**
 * Label columns of a data set by name, without those whose record is damaged. What folders say is not among them: that
 * lies with the pictures.
 */
export async function readLabels(
  db: Database,
  dataset: string,
  aside: Aside = () => undefined,
): Promise<LabelColumn[]> {
  const all = await guarded('reading the labels', () => db.getAll('labels', below(dataset)));
  return all.flatMap((one) => {
    if (isLabelRecord(one)) return one.column;
    aside(`The label column ${one.name}`);
    return [];
  });
}

/** A transaction over labels and what was found by them. */
const changing = (db: Database) => db.transaction(['labels', 'judgements', 'datasets'], 'readwrite');

/** Deletes what was found by these columns, or by others while the groups of one of these were kept together. */
async function forgetFound(
  tx: ReturnType<typeof changing>,
  ask: Ask,
  dataset: string,
  names: readonly string[],
): Promise<void> {
  const store = tx.objectStore('judgements');
  for (const key of await ask(store.getAllKeys(below(dataset)))) {
    const found = names.includes(key[1]) ? undefined : await ask(readable(store.get(key)));
    if (!found || (found.groups !== null && names.includes(found.groups))) ask(store.delete(key));
  }
}

/**
 * Keeps columns, each in the place of one of the same name. What was found by the labels of before, or with their groups
 * kept together, is no longer so: it goes in the same transaction.
 */
export async function saveLabels(db: Database, dataset: string, columns: readonly LabelColumn[]): Promise<void> {
  await guarded('saving labels', async () => {
    const tx = changing(db);
    const names = columns.map(({ name }) => name);
    await transact(tx, async (ask) => {
      if (!(await ask(tx.objectStore('datasets').getKey(dataset)))) throw goneFault('collection');
      for (const column of columns) ask(tx.objectStore('labels').put({ dataset, name: column.name, column }));
      await forgetFound(tx, ask, dataset, names);
    });
  });
}

/**
 * Changes one column, read and written in one transaction.
 * @param change is given the stored column, if there is one, and the number of pictures; null: it is deleted
 */
export async function changeLabels(
  db: Database,
  dataset: string,
  name: string,
  change: (stored: LabelColumn | undefined, count: number) => LabelColumn | null,
): Promise<void> {
  await guarded('saving labels', async () => {
    const tx = changing(db);
    await transact(tx, async (ask) => {
      const record = await ask(tx.objectStore('datasets').get(dataset));
      if (!record) throw goneFault('collection');
      const stored = await ask(tx.objectStore('labels').get([dataset, name]));
      const column = change(isLabelRecord(stored) ? stored?.column : undefined, record.count);
      if (column) ask(tx.objectStore('labels').put({ dataset, name, column }));
      else ask(tx.objectStore('labels').delete([dataset, name]));
      await forgetFound(tx, ask, dataset, [name]);
    });
  });
}

/** Deletes a column with what was found by it. */
export async function deleteLabels(db: Database, dataset: string, name: string): Promise<void> {
  await guarded('deleting labels', async () => {
    const tx = changing(db);
    await transact(tx, async (ask) => {
      ask(tx.objectStore('labels').delete([dataset, name]));
      await forgetFound(tx, ask, dataset, [name]);
    });
  });
}
