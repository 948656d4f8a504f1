import type { Shape } from '../../../graph/tensor';
import { at, fill, type Plain, type Rule, range, sum } from './rule';

/** All (y, x) under a window [height, width] at a place of the result. */
const under = ([height, width]: Shape, stride: number, [top, , left]: readonly number[], y: number, x: number) =>
  range(height).flatMap((ky) =>
    range(width).map((kx) => ({ ky, kx, y: y * stride + ky - top, x: x * stride + kx - left })),
  );

export const conv2d: Rule<'conv2d'> = ([input, weights], { stride, padding }, shape) =>
  fill(shape, (n, row, column, o) =>
    sum(
      under(weights.shape, stride, padding, row, column).flatMap(({ ky, kx, y, x }) =>
        range(weights.shape[2]).map((i) => at(input, [n, y, x, i]) * at(weights, [ky, kx, i, o])),
      ),
    ),
  );

export const depthwiseConv2d: Rule<'depthwiseConv2d'> = ([input, weights], { stride, padding }, shape) =>
  fill(shape, (n, row, column, c) =>
    sum(
      under(weights.shape, stride, padding, row, column).map(
        ({ ky, kx, y, x }) => at(input, [n, y, x, c]) * at(weights, [ky, kx, c, 0]),
      ),
    ),
  );

/** The values under a pooling's window, without the padding. */
function pooled(
  input: Plain,
  { size, stride, padding }: { size: number; stride: number; padding: number },
  [n, row, column, c]: readonly number[],
): number[] {
  return under([size, size], stride, [padding, padding, padding, padding], row, column)
    .map(({ y, x }) => at(input, [n, y, x, c], Number.NaN))
    .filter((value) => !Number.isNaN(value));
}

export const maxPool: Rule<'maxPool'> = ([input], attributes, shape) =>
  fill(shape, (...place) => Math.max(...pooled(input, attributes, place)));

export const averagePool: Rule<'averagePool'> = ([input], attributes, shape) =>
  fill(shape, (...place) => {
    const values = pooled(input, attributes, place);
    return sum(values) / values.length;
  });

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
