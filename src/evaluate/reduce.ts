import { Fault } from '../core/fault';
import { componentsFor, type Pca, pcaCoordinates } from '../core/pca';
import { EXPLAINED, type Reduction } from '../core/representation';
import { fitNmf, nmfActivations } from './nmf';
import { fitPca } from './pca';
import type { Rows } from './rows';
import type { Work } from './work';

/** A reduction fitted to a data set, ready for whatever else comes out of the same layer. */
export interface Reduced {
  dim: number;
  /** Values [n, layer's columns] -> [n, dim]. */
  apply(values: Float32Array): Float32Array;
}

/** Takes the first k components of a fit. */
const byComponents = (pca: Pca, k: number, whiten: boolean): Reduced => ({
  dim: k,
  apply: (values) => pcaCoordinates(pca, values, k, whiten),
});

/**
 * Fits a reduction to the embeddings [count, dim] of a data set. `pca` is a fit of the same rows that is there already.
 * Throws a Fault for parts of features that are negative, and for more dimensions than there are.
 */
export function* fitReduction(rows: Rows, reduction: Reduction, pca?: Pca): Work<Reduced> {
  const { dim } = rows;
  switch (reduction.kind) {
    case 'none':
      return { dim, apply: (values) => values };
    case 'pca': {
      const fit = pca ?? fitPca(rows);
      const most = fit.explained.length;
      const k = reduction.dims ?? componentsFor(fit, EXPLAINED);
      if (!(Number.isInteger(k) && k >= 1 && k <= most))
        throw new Fault('config', `This layer has ${most} principal components here.`, `Choose 1 to ${most}.`);
      return byComponents(fit, k, reduction.whiten);
    }
    case 'nmf': {
      const { parts } = reduction;
      if (!(Number.isInteger(parts) && parts >= 1 && parts <= dim))
        throw new Fault('config', `This layer has ${dim} dimensions.`, `Choose 1 to ${dim} parts.`);
      const fit = yield* fitNmf(rows, parts);
      return {
        dim: parts,
        apply: (values) => nmfActivations({ values, count: values.length / dim, dim }, fit),
      };
    }
  }
}
