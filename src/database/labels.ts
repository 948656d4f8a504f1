import type { LabelColumn } from '../core/labels/column';
import type { Database } from './connection';
import { guarded, transact } from './failure';

/** Label columns of a data set by name. What folders say is not among them: that lies with the pictures. */
export async function readLabels(db: Database, dataset: string): Promise<LabelColumn[]> {
  const all = await guarded('reading the labels', () => db.getAll('labels', columnsOf(dataset)));
  return all.map(({ column }) => column);
}

const columnsOf = (dataset: string): IDBKeyRange => IDBKeyRange.bound([dataset], [dataset, []]);

/**
 * Keeps columns, each in the place of one of the same name. What was found by the labels of before is no longer so: it
 * goes in the same transaction.
 */
export async function saveLabels(db: Database, dataset: string, columns: readonly LabelColumn[]): Promise<void> {
  await guarded('saving labels', async () => {
    const tx = db.transaction(['labels', 'judgements'], 'readwrite');
    await transact(tx, (ask) => {
      for (const column of columns) {
        ask(tx.objectStore('labels').put({ dataset, name: column.name, column }));
        ask(tx.objectStore('judgements').delete(IDBKeyRange.bound([dataset, column.name], [dataset, column.name, []])));
      }
    });
  });
}

/** Deletes a column, or all of them, with what was found by them. */
export async function deleteLabels(db: Database, dataset: string, name?: string): Promise<void> {
  await guarded('deleting labels', async () => {
    const tx = db.transaction(['labels', 'judgements'], 'readwrite');
    const judged = name === undefined ? columnsOf(dataset) : IDBKeyRange.bound([dataset, name], [dataset, name, []]);
    await transact(tx, (ask) => {
      ask(tx.objectStore('labels').delete(name === undefined ? columnsOf(dataset) : IDBKeyRange.only([dataset, name])));
      ask(tx.objectStore('judgements').delete(judged));
    });
  });
}
