import type { Measure } from '../core/records';
import { gram, transposed } from './gram';
import { pickRows, type Rows } from './rows';
import { allRows, sampledWords, sampleRows } from './sample';
import { symmetricEigenvalues } from './symmetric_eigenvalues';

/** Side of the largest matrix whose eigenvalues are sought; the work grows with its cube. */
const LARGEST = 512;
const EPSILON = 1e-7;

/**
 * Effective rank of the embeddings: exp of the entropy of their singular values as shares of the sum, between 1 and the
 * number of columns. Garrido et al. 2023, RankMe, equation 1. Singular values are roots of the eigenvalues of the
 * smaller of X'X and XX'. At most `most` pictures, and at most 512 where there are more than 512 columns.
 */
export function rankMe(rows: Rows, most = 2048, seed = 0): Measure {
  const taken = sampleRows(allRows(rows.count), rows.dim > LARGEST ? Math.min(most, LARGEST) : most, seed);
  const picked = pickRows(rows, taken);
  const thin = picked.count <= picked.dim ? picked : transposed(picked);
  const singular = symmetricEigenvalues(gram(thin), thin.count).map((value) => Math.sqrt(Math.max(0, value)));
  const sum = singular.reduce((total, value) => total + value, 0);
  let entropy = 0;
  for (const value of singular) {
    const share = value / Math.max(sum, Number.MIN_VALUE) + EPSILON;
    entropy -= share * Math.log(share);
  }
  return {
    name: 'RankMe',
    value: Math.exp(entropy),
    protocol: `Effective rank of the embeddings of ${sampledWords(picked.count, rows.count, 'pictures').replace('all ', '')}: 1 at least, ${thin.count} at most.`,
  };
}
