import { at, fill, type Rule, range, sum } from './rule';

export const matMul: Rule<'matMul'> = ([x, w], { transposeRight }, shape) =>
  fill(shape, (n, o) => sum(range(x.shape[1]).map((i) => at(x, [n, i]) * at(w, transposeRight ? [o, i] : [i, o]))));

/** The right side repeats when it is a vector. */
export const add: Rule<'add'> = ([left, right]) =>
  left.data.map((value, i) => value + right.data[i % right.data.length]);

export const relu: Rule<'relu'> = ([x]) => x.data.map((value) => Math.max(value, 0));

export const relu6: Rule<'relu6'> = ([x]) => x.data.map((value) => Math.min(Math.max(value, 0), 6));

export const scale: Rule<'scale'> = ([x], { factor }) => x.data.map((value) => value * factor);

export const addScaled: Rule<'addScaled'> = ([left, right, scalar], { factor }) =>
  left.data.map((value, i) => value + (factor ?? scalar.data[0]) * right.data[i]);

export const mul: Rule<'mul'> = ([left, right]) => left.data.map((value, i) => value * right.data[i]);

export const exp: Rule<'exp'> = ([x]) => x.data.map((value) => Math.exp(value));

export const blend: Rule<'blend'> = ([left, right, scalar], { weight }) => {
  const t = weight ?? scalar.data[0];
  return left.data.map((value, i) => value * (1 - t) + right.data[i] * t);
};

export const mean: Rule<'mean'> = ([x]) => [sum([...x.data]) / x.data.length];

export const unitRows: Rule<'unitRows'> = ([x], _, shape) =>
  fill(shape, (n, c) => at(x, [n, c]) / Math.max(Math.hypot(...range(shape[1]).map((i) => at(x, [n, i]))), 1e-12));

export const rowDot: Rule<'rowDot'> = ([a, b], _, shape) =>
  fill(shape, (n) => sum(range(a.shape[1]).map((c) => at(a, [n, c]) * at(b, [n, c]))));

export const concatColumns: Rule<'concatColumns'> = (parts) => {
  const widths = parts.map(({ shape }) => shape[shape.length - 1]);
  return range(parts[0].data.length / widths[0]).flatMap((row) =>
    parts.flatMap(({ data }, i) => [...data.subarray(row * widths[i], (row + 1) * widths[i])]),
  );
};

export const concatRows: Rule<'concatRows'> = ([a, b]) => [...a.data, ...b.data];

export const sliceRows: Rule<'sliceRows'> = ([x], { begin, size }) => {
  const row = x.data.length / x.shape[0];
  return x.data.slice(begin * row, (begin + size) * row);
};

export const gatherRows: Rule<'gatherRows'> = ([x, order], _, shape) =>
  fill(shape, (n, ...rest) => at(x, [order.data[n], ...rest]));

export const reshape: Rule<'reshape'> = ([x]) => x.data;

export const maskSame: Rule<'maskSame'> = ([logits, rows, columns], _, shape) => {
  const each = rows.data.length / shape[0];
  return fill(shape, (n, k) =>
    range(each).some((m) => rows.data[n * each + m] === columns.data[k]) ? -1e30 : at(logits, [n, k]),
  );
};

export const crossEntropy: Rule<'crossEntropy'> = ([logits, targets], _, shape) =>
  fill(shape, (n) => {
    const row = range(logits.shape[1]).map((c) => at(logits, [n, c]));
    const largest = Math.max(...row);
    return largest + Math.log(sum(row.map((logit) => Math.exp(logit - largest)))) - row[targets.data[n]];
  });

export const isLargest: Rule<'isLargest'> = ([logits, targets], _, shape) =>
  fill(shape, (n) => {
    const row = range(logits.shape[1]).map((c) => at(logits, [n, c]));
    return row.every((logit, c) => c === targets.data[n] || logit < row[targets.data[n]]) ? 1 : 0;
  });

export const semiHard: Rule<'semiHard'> = ([similarity, positive], { window }, shape) =>
  fill(shape, (n) => {
    const row = range(similarity.shape[1]).map((c) => at(similarity, [n, c]));
    const limit = positive.data[n];
    const semi = row.filter((value) => value > limit - window && value < limit);
    return row.indexOf(Math.max(...(semi.length > 0 ? semi : row)));
  });

export const featureStd: Rule<'featureStd'> = ([rows]) => {
  const [count, columns] = rows.shape;
  const deviations = range(columns).map((c) => {
    const column = range(count).map((n) => at(rows, [n, c]));
    const middle = sum(column) / count;
    return Math.sqrt(sum(column.map((value) => (value - middle) ** 2)) / count);
  });
  return [(Math.sqrt(columns) * sum(deviations)) / columns];
};

export const writeRing: Rule<'writeRing'> = ([ring, rows, pointer]) => {
  const row = ring.data.length / ring.shape[0];
  const result = ring.data.slice();
  for (const i of range(rows.shape[0])) {
    const place = (pointer.data[0] + i) % ring.shape[0];
    result.set(rows.data.subarray(i * row, (i + 1) * row), place * row);
  }
  return result;
};

export const stopGradient: Rule<'stopGradient'> = ([x]) => x.data;
