import { embeddedAs } from '../../src/core/baselines';
import type { Database } from '../../src/database/connection';
import { embeddingsVersion, loadEmbeddings } from '../../src/database/embeddings';
import type { Rows } from '../../src/evaluate/rows';
import type { PictureFacts } from './pictures';

/** Raised when a measure is added or its protocol changes: stored results of another version are tested anew. */
const TESTS_VERSION = 2;

/**
 * A text that changes with an embedding, and with how it is evaluated; null while there is none. Baselines of pixels change
 * with the pictures.
 */
export async function versionOf(db: Database, dataset: string, of: string, count: number): Promise<string | null> {
  const encoder = embeddedAs(of);
  const version = encoder === null ? `${count} pictures` : await embeddingsVersion(db, dataset, encoder);
  return version && `${version}, tests ${TESTS_VERSION}`;
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
  const table = await loadEmbeddings(db, dataset, embeddedAs(of) ?? of);
  return table && { values: table.values, count: table.count, dim: table.dim };
}
