import { embeddedAs } from '../../src/core/baselines';
import { checksum } from '../../src/core/checksum';
import type { Database } from '../../src/database/connection';
import { readSetAside } from '../../src/database/datasets';
import { embeddingsVersion, loadEmbeddings } from '../../src/database/embeddings';
import type { Rows } from '../../src/evaluate/rows';
import type { PictureFacts } from './pictures';

/** Raised when a measure is added or its protocol changes: stored results of another version are tested anew. */
export const TESTS_VERSION = 2;

/**
 * A text that changes with an embedding, with how it is evaluated, and with the pictures set aside; null while there is none.
 * Baselines of pixels change with the pictures.
 */
export async function versionOf(db: Database, dataset: string, of: string, count: number): Promise<string | null> {
  const encoder = embeddedAs(of);
  const version = encoder === null ? `${count} pictures` : await embeddingsVersion(db, dataset, encoder);
  const aside = await readSetAside(db, dataset);
  const without = aside.length > 0 ? `, without ${checksum(new Uint8Array(Int32Array.from(aside).buffer))}` : '';
  return version && `${version}, tests ${TESTS_VERSION}${without}`;
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
