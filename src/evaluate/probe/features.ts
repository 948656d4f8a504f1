import { pcaCoordinates } from '../../core/pca';
import { fitPca } from '../pca';
import type { Rows } from '../rows';

/** Columns a probe reads; its work grows with their cube. */
const MOST = 512;

/**
 * What a probe reads: the embeddings, or, where they have more than 512 columns, their first 512 principal components.
 * Those are found without labels, so that a picture held back helps nothing to predict its own.
 */
export function probeFeatures(rows: Rows, seed = 0): { rows: Rows; words: string } {
  if (rows.dim <= MOST) return { rows, words: '' };
  const pca = fitPca(rows, MOST, seed);
  const dim = pca.deviations.length;
  const reduced = { values: pcaCoordinates(pca, rows.values, dim), count: rows.count, dim };
  return { rows: reduced, words: ` (the first ${dim} principal components of ${rows.dim} columns)` };
}
