/** A smaller embedding: coordinates along the directions in which the pictures of a data set differ most. */
export interface Pca {
  /** [dim] */
  mean: Float64Array;
  /** [k, dim], rows at right angles and of length 1, most important first. */
  components: Float64Array;
  /** [k]: standard deviation of the coordinates along each. */
  deviations: Float64Array;
  /** [k]: share of the whole variance that each explains. */
  explained: Float64Array;
}

/** How many components explain `share` of the variance; all of them where they do not reach it. */
export function componentsFor({ explained }: Pca, share = 0.95): number {
  let sum = 0;
  for (const [i, one] of explained.entries()) {
    sum += one;
    if (sum >= share) return i + 1;
  }
  return explained.length;
}

/**
 * Coordinates [count, k] of embeddings [count, dim] along the first k components. `whiten`: each in units of its standard
 * deviation, so that all count alike; components without variance give 0.
 */
export function pcaCoordinates(
  { mean, components, deviations }: Pca,
  values: Float32Array,
  k: number,
  whiten = false,
): Float32Array {
  const dim = mean.length;
  const scale = deviations.map((deviation) => (!whiten ? 1 : deviation > 1e-9 * deviations[0] ? 1 / deviation : 0));
  const count = values.length / dim;
  const out = new Float32Array(count * k);
  const centred = new Float64Array(dim);
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < dim; j++) centred[j] = values[row * dim + j] - mean[j];
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0, at = i * dim; j < dim; j++, at++) sum += centred[j] * components[at];
      out[row * k + i] = sum * scale[i];
    }
  }
  return out;
}
