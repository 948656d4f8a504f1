import type { Rows } from '../rows';

/** Mean and standard deviation of each column [dim]; a column that does not vary gets the deviation 1. */
export interface Scale {
  mean: Float64Array;
  deviation: Float64Array;
}

/** The scale of some rows, or of all. */
export function scaleOf({ values, count, dim }: Rows, numbers?: Int32Array): Scale {
  const n = numbers?.length ?? count;
  const mean = new Float64Array(dim);
  const squares = new Float64Array(dim);
  for (let i = 0; i < n; i++)
    for (let j = 0, at = (numbers?.[i] ?? i) * dim; j < dim; j++, at++) mean[j] += values[at] / n;
  for (let i = 0; i < n; i++)
    for (let j = 0, at = (numbers?.[i] ?? i) * dim; j < dim; j++, at++) squares[j] += (values[at] - mean[j]) ** 2 / n;
  return { mean, deviation: squares.map(deviationOf) };
}

/** Of a variance. What single precision cannot tell from no variance at all counts as none. */
export const deviationOf = (variance: number): number => (variance > 1e-12 ? Math.sqrt(variance) : 1);

/** Rows less the mean, in units of the deviation, in a new array. */
export function standardised({ values, count, dim }: Rows, { mean, deviation }: Scale): Rows {
  const out = new Float32Array(values.length);
  for (let row = 0, at = 0; row < count; row++)
    for (let j = 0; j < dim; j++, at++) out[at] = (values[at] - mean[j]) / deviation[j];
  return { values: out, count, dim };
}
