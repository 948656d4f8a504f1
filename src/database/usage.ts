import type { Usage } from '../core/usage';
import { checkpointBytes } from './checkpoints';
import type { Database } from './connection';
import { listEmbedded } from './embeddings';
import { guarded } from './failure';
import { listWeightsFiles } from './weights';

/** Counted from indexes, without reading what it counts. */
export async function readUsage(db: Database): Promise<Usage> {
  const encoders = new Map<string, { count: number; bytes: number }>();
  for (const dataset of await guarded('reading the collections', () => db.getAllKeys('datasets'))) {
    const runs = await guarded('reading the runs', () => db.getAllKeysFromIndex('runs', 'dataset', dataset));
    const embedded = await listEmbedded(db, dataset);
    let bytes = embedded.reduce((sum, one) => sum + one.bytes, 0);
    for (const run of runs) bytes += await checkpointBytes(db, run);
    encoders.set(dataset, { count: new Set([...runs, ...embedded.map(({ encoder }) => encoder)]).size, bytes });
  }
  const weights = (await listWeightsFiles(db)).reduce((sum, { size }) => sum + size, 0);
  return { encoders, weights };
}
