import { deleteEncoder, putRun, readRun } from '../../src/database/runs';
import type { ToTrainer } from '../../src/protocol/messages';
import type { Context } from './context';

type Change = Extract<ToTrainer, { type: 'rename-run' | 'delete-encoder' }>;

/** Gives a run the name that the user calls it by, or deletes an encoder with all that is stored of it, and says so. */
export async function changeEncoder({ db, page }: Pick<Context, 'db' | 'page'>, change: Change): Promise<void> {
  if (change.type === 'delete-encoder') await deleteEncoder(db, change.dataset, change.encoder);
  else {
    const run = await readRun(db, change.run);
    if (run) await putRun(db, { ...run, name: change.name });
  }
  page.send({ type: 'encoders-changed', dataset: change.dataset });
}
