import { count as grouped, wholePercent } from '../../core/amounts';
import { probeFeatures } from '../probe/features';
import { ridgePredictions } from '../probe/ridge';
import type { Rows } from '../rows';
import { allRows } from '../sample';
import { scoreOf } from '../scores/scores';
import { dealFolds } from '../split/folds';
import type { Work } from '../work';
import { pearson, ranks } from './correlation';

/** A number a picture that an embedding may follow: brightness, sharpness, width, file size. */
export interface Property {
  name: string;
  /** [count] */
  values: Float64Array;
}

/** How far an embedding follows one property. */
export interface Bias {
  name: string;
  /** Cross-validated R2 of a ridge probe of the whole embedding; NaN where the property is the same everywhere. */
  explained: number;
  /** The dimension with the strongest rank correlation, and that correlation. */
  dimension: number;
  correlation: number;
  /** [dim]: rank correlation of every dimension. */
  correlations: Float64Array;
  /** One sentence. */
  text: string;
}

/** From here on the embedding can be said to hold a property, or hardly anything else. */
const SOME = 0.25;
const MUCH = 0.75;

function biasWords(name: string, explained: number): string {
  if (Number.isNaN(explained)) return `All pictures have the same ${name}.`;
  const share = `${wholePercent(Math.max(0, explained))} of the differences in ${name} can be read from it`;
  if (explained >= MUCH) return `The embedding follows ${name}: ${share}.`;
  return explained >= SOME
    ? `The embedding follows ${name} in part: ${share}.`
    : `The embedding hardly follows ${name}: ${share}.`;
}

/** [properties][dim]: Spearman's correlation of each dimension with each property. Ranks are taken once. */
function* correlationsWith({ values, count, dim }: Rows, properties: readonly Property[]): Work<Float64Array[]> {
  const ranked = properties.map((property) => ranks(property.values));
  const found = properties.map(() => new Float64Array(dim));
  const column = new Float64Array(count);
  for (let j = 0; j < dim; j++) {
    for (let row = 0; row < count; row++) column[row] = values[row * dim + j];
    const places = ranks(column);
    for (const [t, property] of ranked.entries()) found[t][j] = pearson(places, property);
    yield j / dim;
  }
  return found;
}

/**
 * Which properties of the pictures an embedding [count, dim] follows, and by which dimension most. `units`: what is kept
 * together between folds. All properties share the folds and most of the work.
 */
export function* biasReport(
  rows: Rows,
  properties: readonly Property[],
  { seed = 0, units }: { seed?: number; units?: Int32Array } = {},
): Work<{ biases: Bias[]; protocol: string }> {
  const columns = properties.length;
  const { count } = rows;
  const values = Float64Array.from(
    { length: count * columns },
    (_, at) => properties[at % columns].values[Math.floor(at / columns)],
  );
  const folds = dealFolds(count, { seed, units });
  const features = probeFeatures(rows, seed);
  const { predicted } = yield* ridgePredictions(features.rows, { values, columns }, folds, features.scaling);
  const correlations = yield* correlationsWith(rows, properties);
  const biases: Bias[] = [];
  for (const [t, { name, values: targets }] of properties.entries()) {
    const explained = scoreOf({
      kind: 'explained',
      rows: allRows(count),
      targets,
      predicted: Float64Array.from({ length: count }, (_, row) => predicted[row * columns + t]),
    });
    const found = correlations[t];
    const dimension = found.reduce((best, value, j) => (Math.abs(value) > Math.abs(found[best]) ? j : best), 0);
    biases.push({
      name,
      explained,
      dimension,
      correlation: found[dimension],
      correlations: found,
      text: biasWords(name, explained),
    });
    yield (t + 1) / columns;
  }
  return {
    biases,
    protocol: `R2 of ridge regression on standardised embeddings${features.words} of ${grouped(count)} pictures; ${folds.words}. Correlations by rank.`,
  };
}
