import type { MeanScores } from '../../core/scores';
import { gram } from '../gram';
import { scaleOf } from '../linear/standardise';
import { pickRows, type Rows, unitRows } from '../rows';
import { allRows, sampleRows } from '../sample';

/** Pictures whose distances from each other are taken: half a million pairs. */
const MOST = 1024;
/** Of a dimension's standard deviation over the set: more counts as moved. */
const HALF = 0.5;

/** Median over pairs of different pictures of 1 - cosine. */
export function medianDistance(rows: Rows, most = MOST, seed = 0): number {
  const unit = unitRows(pickRows(rows, sampleRows(allRows(rows.count), most, seed)), true);
  const cosines = gram(unit);
  const distances = new Float64Array((unit.count * (unit.count - 1)) / 2);
  for (let row = 0, at = 0; row < unit.count; row++)
    for (let other = 0; other < row; other++, at++) distances[at] = 1 - cosines[row * unit.count + other];
  distances.sort();
  const [below, above] = [(distances.length - 1) >> 1, distances.length >> 1];
  return (distances[below] + distances[above]) / 2;
}

/** How far an alteration moves the embeddings of pictures. */
export interface Movement {
  /** 1 - cosine of original and altered, in units of the median distance between different pictures. */
  distance: MeanScores;
  /** Share of the dimensions that move by more than half their standard deviation over the originals. */
  moved: MeanScores;
}

/**
 * Movement of each picture from `originals` to `altered` [count, dim], row by row. `median` is that of the whole data set
 * (medianDistance), `set` the embeddings over which dimensions vary; one that does not vary counts for nothing.
 */
export function movement(originals: Rows, altered: Rows, { median, set }: { median: number; set: Rows }): Movement {
  const { count, dim } = originals;
  const [first, second] = [unitRows(originals).values, unitRows(altered).values];
  const reach = movingDistance(set);
  const varying = reach.filter(Number.isFinite).length;
  const [distances, shares] = [new Float64Array(count), new Float64Array(count)];
  for (let row = 0, at = 0; row < count; row++) {
    let [cosine, moved] = [0, 0];
    for (let j = 0; j < dim; j++, at++) {
      cosine += first[at] * second[at];
      if (Math.abs(originals.values[at] - altered.values[at]) > reach[j]) moved++;
    }
    distances[row] = Math.max(0, 1 - cosine) / median;
    shares[row] = moved / Math.max(1, varying);
  }
  const rows = allRows(count);
  return { distance: { kind: 'mean', rows, values: distances }, moved: { kind: 'mean', rows, values: shares } };
}

/** [dim]: how far a value has to go to count as moved; never far enough where the dimension is the same everywhere. */
function movingDistance(set: Rows): Float64Array {
  const { values, dim } = set;
  const constant = new Uint8Array(dim).fill(1);
  for (let at = dim; at < values.length; at++) if (values[at] !== values[at % dim]) constant[at % dim] = 0;
  return scaleOf(set).deviation.map((deviation, j) => (constant[j] ? Infinity : HALF * deviation));
}
