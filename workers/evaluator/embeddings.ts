import type { Database } from '../../src/database/connection';
import { embeddingsVersion, loadEmbeddings } from '../../src/database/embeddings';
import type { Rows } from '../../src/evaluate/rows';
import type { PictureFacts } from './pictures';

const UNTRAINED = 'untrained';

const stored = (of: string): string => (of === 'untrained encoder' ? UNTRAINED : of);

/** A text that changes with an embedding; null while there is none. Baselines of pixels change with the pictures. */
export async function versionOf(db: Database, dataset: string, of: string, count: number): Promise<string | null> {
  if (of === 'raw pixels' || of === 'colour histogram') return `${count} pictures`;
  return embeddingsVersion(db, dataset, stored(of));
}

/** Embeddings [count, dim] of a run or a baseline. Null: there are none. */
export async function embeddingOf(
  db: Database,
  dataset: string,
  of: string,
  facts: PictureFacts,
): Promise<Rows | null> {
  if (of === 'raw pixels') return facts.pixels;
  if (of === 'colour histogram') return facts.colours;
  const table = await loadEmbeddings(db, dataset, stored(of));
  return table && { values: table.values, count: table.count, dim: table.dim };
}
