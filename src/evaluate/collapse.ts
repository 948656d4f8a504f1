import { count as grouped } from '../core/amounts';
import type { Measure } from '../core/records';
import { type Rows, unitRows } from './rows';

/**
 * sqrt(d) x the standard deviation of unit rows, averaged over the d columns: 1 when the rows point everywhere alike, 0
 * when all are the same. Chen & He 2021, Exploring Simple Siamese Representation Learning, figure 2. Rows behind a ReLU
 * share the positive corner and stay below 1.
 */
export function featureStd(rows: Rows): Measure {
  const { values, count, dim } = unitRows(rows);
  const mean = new Float64Array(dim);
  const squares = new Float64Array(dim);
  for (let at = 0; at < values.length; at++) mean[at % dim] += values[at] / count;
  for (let at = 0; at < values.length; at++) squares[at % dim] += (values[at] - mean[at % dim]) ** 2 / count;
  const deviations = squares.map(Math.sqrt).reduce((sum, deviation) => sum + deviation, 0);
  return {
    name: 'collapse',
    value: deviations / Math.sqrt(dim),
    protocol: `Square root of ${dim} times the standard deviation of the embeddings of ${grouped(count)} pictures at length 1: 0 is collapsed, 1 is even.`,
  };
}
