import type { Run } from '../core/records';
import type { Database } from './connection';
import { goneFault, guarded, transact } from './failure';
import { type Aside, soundRun } from './sound';

/** Changes a run that is stored, read and written in one transaction. @throws Fault 'data' when it is gone */
export async function changeRun(db: Database, id: string, change: (stored: Run) => Run): Promise<Run> {
  let changed: Run | null = null;
  await guarded('saving a run', async () => {
    const tx = db.transaction('runs', 'readwrite');
    await transact(tx, async (ask) => {
      const stored = await ask(tx.store.get(id));
      if (!stored) throw goneFault('run');
      changed = change(stored);
      ask(tx.store.put(changed));
    });
  });
  return changed as unknown as Run;
}

/** Writes what has become of a run, which keeps its name, and says how it is stored. @throws Fault 'data' when it is gone */
export const putRun = (db: Database, run: Run): Promise<Run> =>
  changeRun(db, run.id, ({ name }) => (name === undefined ? run : { ...run, name }));

export async function readRun(db: Database, id: string): Promise<Run | undefined> {
  const run = await guarded('reading a run', () => db.get('runs', id));
  return (run && soundRun(run)) ?? undefined;
}

/** Runs of a data set, newest first. Those whose record is damaged are left out. */
export async function listRuns(db: Database, dataset: string, aside: Aside = () => undefined): Promise<Run[]> {
  const stored = await guarded('reading the runs', () => db.getAllFromIndex('runs', 'dataset', dataset));
  const runs = stored.flatMap((one) => {
    const sound = soundRun(one);
    if (!sound) aside(`The run ${one.name ?? one.id}`);
    return sound ?? [];
  });
  return runs.sort((a, b) => b.createdAt - a.createdAt);
}
