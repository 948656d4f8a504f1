import { Fault } from '../../src/core/fault';
import type { Database } from '../../src/database/connection';
import { readDataset } from '../../src/database/datasets';
import { saveRefined } from '../../src/database/maps';
import { computeRefined, keptRefined, type RefinedEmbeddings } from '../refined_embeddings';

/**
 * The newest embeddings of an encoder, refined, which are kept once all pictures are embedded: of 100,000 it takes 20 seconds
 * to compute them. Null: there are none.
 * @throws Fault 'data' when the embeddings are damaged
 */
export async function keepRefined(db: Database, dataset: string, run: string): Promise<RefinedEmbeddings | null> {
  const { version, found } = await keptRefined(db, dataset, run);
  if (found) return found;
  const fresh = await computeRefined(db, dataset, run);
  const count = (await readDataset(db, dataset))?.count;
  if (version && fresh && fresh.head.count === count)
    await saveRefined(db, { dataset, run, version }, fresh.refined).catch((cause) => {
      if (!(cause instanceof Fault && cause.kind === 'storage')) throw cause; // they are there without the disk
    });
  return fresh;
}
