/** Pearson's correlation of two lists, -1 to 1; 0 where one of them does not vary. */
export function pearson(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += a[i] / n;
    meanB += b[i] / n;
  }
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/** Places of the values in rising order, 0 first; equals share the mean of their places. */
export function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) out[order[i]] = (from + to - 1) / 2;
    from = to;
  }
  return out;
}

/** Spearman's rank correlation: Pearson's of the ranks, so that any rising relation is 1. */
export const spearman = (a: Float64Array, b: Float64Array): number => pearson(ranks(a), ranks(b));

/** Eta squared: the share of a list's variance that lies between classes, 0 to 1. `classes` are numbers from 0. */
export function etaSquared(values: Float64Array, classes: Int32Array): number {
  const count = classes.reduce((most, number) => Math.max(most, number), -1) + 1;
  const [sums, sizes] = [new Float64Array(count), new Float64Array(count)];
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sums[classes[i]] += values[i] - mean;
    sizes[classes[i]]++;
    total += (values[i] - mean) ** 2;
  }
  let between = 0;
  for (let c = 0; c < count; c++) if (sizes[c] > 0) between += sums[c] ** 2 / sizes[c];
  return total > 0 ? Math.min(1, between / total) : 0;
}
