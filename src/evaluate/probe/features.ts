import { pcaCoordinates } from '../../core/pca';
import type { Scaling } from '../linear/fold_moments';
import { scaleOf, standardised } from '../linear/standardise';
import { fitPca } from '../pca';
import type { Rows } from '../rows';

/** Columns a probe reads; its work grows with their cube. */
const MOST = 512;

/** What a probe reads, and how it is to scale it. */
export interface ProbeFeatures {
  rows: Rows;
  scaling: Scaling;
  /** For the protocol: empty or ' (...)'. */
  words: string;
}

/**
 * What a probe reads: the embeddings, or, where they have more than 512 columns, the first 512 principal components of
 * the standardised ones. Those are a rotation and keep their sizes: a penalty means the same as before it, and components
 * of hardly any variance stay small. They are found without labels, so a picture held back does not help to predict its
 * own.
 */
export function probeFeatures(rows: Rows, seed = 0): ProbeFeatures {
  if (rows.dim <= MOST) return { rows, scaling: 'columns', words: '' };
  const scaled = standardised(rows, scaleOf(rows));
  const pca = fitPca(scaled, MOST, seed);
  const dim = pca.deviations.length;
  return {
    rows: { values: pcaCoordinates(pca, scaled.values, dim), count: rows.count, dim },
    scaling: 'as they are',
    words: ` (the first ${dim} principal components of ${rows.dim} columns)`,
  };
}
