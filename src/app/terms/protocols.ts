import type { MeasureName } from '../../core/records';

/**
 * A measure that is taken of embeddings as encoders give them, where another of its name is taken as the data set is
 * searched, refined: 'kNN, plain'. Two protocols never share a name.
 */
export const plainName = (measure: MeasureName): string =>
  /^(kNN|mAP@R|R@\d+)$/.test(measure) ? `${measure}, plain` : measure;
