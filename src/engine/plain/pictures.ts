import { at, fill, type Plain, type Rule, range, sum } from './rule';

/** All (y, x) under a window at a place of the result. */
const under = (size: number, stride: number, padding: number, y: number, x: number) =>
  range(size).flatMap((ky) =>
    range(size).map((kx) => ({ ky, kx, y: y * stride + ky - padding, x: x * stride + kx - padding })),
  );

export const conv2d: Rule<'conv2d'> = ([input, weights], { stride, padding }, shape) => {
  const [size, , channels] = weights.shape;
  return fill(shape, (n, row, column, o) =>
    sum(
      under(size, stride, padding, row, column).flatMap(({ ky, kx, y, x }) =>
        range(channels).map((i) => at(input, [n, y, x, i]) * at(weights, [ky, kx, i, o])),
      ),
    ),
  );
};

export const maxPool: Rule<'maxPool'> = ([input], { size, stride, padding }, shape) =>
  fill(shape, (n, row, column, c) =>
    Math.max(...under(size, stride, padding, row, column).map(({ y, x }) => at(input, [n, y, x, c], -Infinity))),
  );

export const meanPool: Rule<'meanPool'> = ([input], _, shape) => {
  const [, height, width] = input.shape;
  const places = range(height).flatMap((y) => range(width).map((x) => [y, x]));
  return fill(shape, (n, c) => sum(places.map(([y, x]) => at(input, [n, y, x, c]))) / places.length);
};

export const upsample2: Rule<'upsample2'> = ([input], _, shape) =>
  fill(shape, (n, y, x, c) => at(input, [n, y >> 1, x >> 1, c]));

const channel = (x: Plain, place: number): number => place % x.shape[x.shape.length - 1];

export const moments: Rule<'moments'> = ([x], { groups }, shape) => {
  const channels = shape[2];
  const rows = x.data.length / channels / groups;
  return fill(shape, (group, row, c) => {
    const values = range(rows).map((r) => x.data[(group * rows + r) * channels + c]);
    const mean = sum(values) / rows;
    return row === 0 ? mean : sum(values.map((value) => (value - mean) ** 2)) / rows;
  });
};

export const batchNorm: Rule<'batchNorm'> = ([x, ofX, gamma, beta], { epsilon }) => {
  const perGroup = x.data.length / ofX.shape[0];
  return x.data.map((value, place) => {
    const [group, c] = [Math.floor(place / perGroup), channel(x, place)];
    const deviation = Math.sqrt(at(ofX, [group, 1, c]) + epsilon);
    return (gamma.data[c] * (value - at(ofX, [group, 0, c]))) / deviation + beta.data[c];
  });
};

export const frozenNorm: Rule<'frozenNorm'> = ([x, mean, variance, gamma, beta], { epsilon }) =>
  x.data.map((value, place) => {
    const c = channel(x, place);
    return (gamma.data[c] * (value - mean.data[c])) / Math.sqrt(variance.data[c] + epsilon) + beta.data[c];
  });

export const poolMoments: Rule<'poolMoments'> = ([ofX], { row, factor }, shape) =>
  fill(shape, (c) => (factor * sum(range(ofX.shape[0]).map((group) => at(ofX, [group, row, c])))) / ofX.shape[0]);
