/** The last feature map of one picture, [height, width, dim], whose mean over positions is its embedding. */
export interface FeatureMap {
  values: Float32Array;
  height: number;
  width: number;
  dim: number;
}

/** A number a position, [height, width]; what a position adds to a whole. May be negative. */
export type HeatMap = Float64Array;

export interface WhySimilar {
  /** Cosine of the two embeddings. */
  similarity: number;
  /** What each position of the first and of the second picture adds: either map sums to the similarity. */
  first: HeatMap;
  second: HeatMap;
}

const positionsOf = ({ height, width }: FeatureMap): number => height * width;

/** Mean over positions: [dim]. */
export function pooled(map: FeatureMap): Float64Array {
  const positions = positionsOf(map);
  const mean = new Float64Array(map.dim);
  for (let at = 0; at < map.values.length; at++) mean[at % map.dim] += map.values[at] / positions;
  return mean;
}

/** The map with a vector [dim] taken off every position, and with that off its mean, the embedding. */
export function without(map: FeatureMap, vector: ArrayLike<number>): FeatureMap {
  positionsOf(map);
  return { ...map, values: map.values.map((value, at) => value - vector[at % map.dim]) };
}

/** Products of every position with a vector [dim], times a number. */
function along(map: FeatureMap, vector: ArrayLike<number>, times: number): HeatMap {
  const out = new Float64Array(positionsOf(map));
  for (let position = 0, at = 0; position < out.length; position++) {
    let sum = 0;
    for (let j = 0; j < map.dim; j++, at++) sum += map.values[at] * vector[j];
    out[position] = sum * times;
  }
  return out;
}

/** 1 / (|a| |b|), or 0 where one of them is nothing. */
const inverseLengths = (a: Float64Array, b: Float64Array): number => {
  const product = Math.hypot(...a) * Math.hypot(...b);
  return product > 0 ? 1 / product : 0;
};

/**
 * Why two pictures are similar: the cosine of mean-pooled embeddings a and b, taken apart by position. With features f_p
 * and a = mean f_p, cos(a, b) = sum over p of f_p . b / (P |a| |b|). The same goes for anything linear behind the
 * pooling: give the map after it (principal components keep the sum). Zhu et al. 2019, Visual Explanation for Deep
 * Metric Learning.
 */
export function whySimilar(first: FeatureMap, second: FeatureMap): WhySimilar {
  const [a, b] = [pooled(first), pooled(second)];
  const scale = inverseLengths(a, b);
  return {
    similarity: scale * a.reduce((sum, value, j) => sum + value * b[j], 0),
    first: along(first, b, scale / positionsOf(first)),
    second: along(second, a, scale / positionsOf(second)),
  };
}

/** Where a direction [dim] (a dimension, a principal component) fires: sums to the embedding's coordinate along it. */
export const firing = (map: FeatureMap, direction: ArrayLike<number>): HeatMap =>
  along(map, direction, 1 / positionsOf(map));
