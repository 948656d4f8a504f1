import { count as grouped } from '../../core/amounts';
import { Draws } from '../../core/random';
import { fillTile, TILE, tileProducts } from '../products';
import { pickRows, type Rows, unitRows } from '../rows';
import { allRows } from '../sample';
import type { Resampling } from '../scores/bootstrap';
import { type ScoredMeasure, scoredMeasure } from '../scores/measured';
import type { Work } from '../work';

/** Draws of the labelled pictures whose results are averaged: which few are labelled matters much. */
const DRAWS = 10;

/** Pictures with classes, numbered without gaps, as `learnable` gives them. */
export interface Classed {
  /** Rows of the data set. */
  rows: Int32Array;
  classes: Int32Array;
  names: readonly string[];
}

/** Places of the pictures of each class. */
const members = ({ classes, names }: Classed): Int32Array[] =>
  names.map((_, number) => allRows(classes.length).filter((place) => classes[place] === number));

/** Mean of the unit rows of each class's examples, scaled to length 1: [classes, dim]. */
function centroids(unit: Rows, examples: readonly Int32Array[]): Rows {
  const { dim } = unit;
  const sums = new Float32Array(examples.length * dim);
  for (const [number, places] of examples.entries())
    for (const place of places)
      for (let j = 0; j < dim; j++) sums[number * dim + j] += unit.values[place * dim + j] / places.length;
  return unitRows({ values: sums, count: examples.length, dim }, true);
}

/** The centroid with the largest cosine to each row. */
function nearestCentroid(unit: Rows, centres: Rows): Int32Array {
  const best = new Float64Array(unit.count).fill(-Infinity);
  const chosen = new Int32Array(unit.count);
  const tile = new Float64Array(unit.dim * TILE);
  const out = new Float64Array(unit.count * TILE);
  for (let from = 0; from < centres.count; from += TILE) {
    fillTile(tile, centres, allRows(centres.count), from);
    tileProducts(unit, tile, out);
    for (let number = from; number < Math.min(from + TILE, centres.count); number++)
      for (let row = 0, at = (number - from) * unit.count; row < unit.count; row++, at++)
        if (out[at] > best[row]) {
          best[row] = out[at];
          chosen[row] = number;
        }
  }
  return chosen;
}

/**
 * Accuracy when only `shots` pictures of each class have a label: each other picture is taken for the class whose mean
 * unit embedding is nearest (Snell et al. 2017, Prototypical Networks), over 10 fixed draws of the labelled ones.
 * Pictures kept together with a labelled one are not asked in that draw. Null where fewer than two classes have more
 * than `shots` pictures.
 */
export function* fewShot(
  rows: Rows,
  classed: Classed,
  shots: number,
  column: string,
  resampling: Resampling = {},
): Work<ScoredMeasure | null> {
  const { seed = 0, units } = resampling;
  const large = members(classed).filter((places) => places.length > shots);
  if (large.length < 2) return null;
  const unit = unitRows(pickRows(rows, classed.rows), true);
  const [asked, hits] = [new Int32Array(unit.count), new Int32Array(unit.count)];
  for (let draw = 0; draw < DRAWS; draw++) {
    const examples = large.map((places, number) => {
      const draws = new Draws({ seed, purpose: 'sample', step: draw, image: number, view: 1 });
      return draws
        .permutation(places.length)
        .subarray(0, shots)
        .map((one) => places[one]);
    });
    const found = nearestCentroid(unit, centroids(unit, examples));
    const unitOf = (place: number) => (units ? units[classed.rows[place]] : place);
    const seen = new Set(examples.flatMap((places) => [...places].map(unitOf)));
    for (const [number, places] of large.entries())
      for (const place of places) {
        if (seen.has(unitOf(place))) continue;
        asked[place]++;
        if (found[place] === number) hits[place]++;
      }
    yield (draw + 1) / DRAWS;
  }
  const tested = allRows(unit.count).filter((place) => asked[place] > 0);
  return scoredMeasure(
    `few-shot ${shots}`,
    {
      kind: 'mean',
      rows: tested.map((place) => classed.rows[place]),
      values: Float64Array.from(tested, (place) => hits[place] / asked[place]),
    },
    `Nearest mean of ${grouped(shots)} labelled ${shots === 1 ? 'picture' : 'pictures'} a class by cosine, averaged over ${DRAWS} draws of them, seed ${seed}; ${grouped(tested.length)} pictures of ${grouped(large.length)} classes.`,
    resampling,
    column,
  );
}
