import { COMPARED } from '../../src/core/compared';
import { type Example, onlyRow, type Query } from '../../src/core/query';
import { type SearchView, viewOf } from '../../src/core/search_view';
import { farthestPoints } from '../../src/evaluate/explore/farthest_points';
import { kMeans } from '../../src/evaluate/explore/k_means';
import { mapOf } from '../../src/evaluate/explore/map';
import { type Suggestions, suggestLabels } from '../../src/evaluate/explore/suggest_labels';
import { unusual } from '../../src/evaluate/explore/unusual';
import { type Neighbours, visible } from '../../src/evaluate/explore/visible';
import { CosineIndex, type Neighbour } from '../../src/evaluate/nearest';
import { meanDirection, queryVector } from '../../src/evaluate/query_vector';
import { type NeighbourTable, pairing } from '../../src/evaluate/refine/all_pairs';
import { ReciprocalIndex } from '../../src/evaluate/refine/reciprocal';
import { type Refined, refined, refineRows } from '../../src/evaluate/refine/refinement';
import { pickRows, type Rows, unitRows } from '../../src/evaluate/rows';
import { allRows, sampleRows } from '../../src/evaluate/sample';
import { type OfShown, serving, shownRows } from '../../src/evaluate/shown';
import { piece, type Work } from '../../src/evaluate/work';

/** The nearest rows, and how many of them the switches brought in; null where that cannot be told. */
export interface Viewed {
  neighbours: Neighbour[];
  /** What was done: with few pictures, or a query by more than one of them, less than was asked for. */
  view: SearchView;
  /** Of the neighbours those that are not there without the switch; 0 where it is off. */
  fresh: { refined: number | null; grouped: number };
}

/** Neighbours of each row that are known, and those that say how unusual it is. */
const KNOWN = 15;
const NEAREST = 5;

/** The first `count` of them that are none of these rows. */
const leaveOut = (found: readonly Neighbour[], without: ReadonlySet<number>, count: number): Neighbour[] =>
  found.filter(({ row }) => !without.has(row)).slice(0, count);

const missing = (found: readonly Neighbour[], before: readonly Neighbour[]): number => {
  const known = new Set(before.map(({ row }) => row));
  return found.filter(({ row }) => !known.has(row)).length;
};

interface ByRefined {
  index: CosineIndex;
  refinement: Refined['refinement'];
}

const byRefined = ({ refinement, values, count, dim }: Refined): ByRefined => ({
  index: new CosineIndex(values, count, dim, { inPlace: true }),
  refinement,
});

/** Embeddings prepared for searches. What a view needs is made when it is first asked for, and kept. */
export class Prepared {
  /** Rows that are found by nothing: those set aside. */
  hidden: ReadonlySet<number> = new Set();
  readonly count: number;
  private readonly dim: number;
  /** Null: not there; refined ones take a twelfth of their memory. */
  private readonly plain: CosineIndex | null;
  private byRefined: ByRefined | null;
  private readonly groupings = new Map<CosineIndex, OfShown<ReciprocalIndex>>();
  /** Groupings under way: a search that is given up leaves them to the next one. */
  private readonly grouping = new Map<CosineIndex, OfShown<Work<ReciprocalIndex>>>();
  private readonly tables = new Map<CosineIndex, OfShown<NeighbourTable>>();

  /** Of embeddings [count, dim], which are scaled in place, or of refined ones alone: then nothing else can be asked for. */
  constructor(rows: Rows | Refined) {
    this.count = rows.count;
    this.dim = 'refinement' in rows ? rows.refinement.dim : rows.dim;
    this.plain = 'refinement' in rows ? null : new CosineIndex(rows.values, rows.count, rows.dim, { inPlace: true });
    this.byRefined = 'refinement' in rows ? byRefined(rows) : null;
  }

  get bytes(): number {
    const own = (this.plain ?? this.refined().index).unit.values.byteLength;
    // A grouping of some rows has a copy of these.
    const copies = [...this.groupings].filter(([, { hidden }]) => hidden.size > 0);
    return copies.reduce((sum, [{ unit }]) => sum + unit.values.byteLength, own);
  }

  /** Whether this view can be asked for. */
  has(view: SearchView): boolean {
    return this.plain !== null || viewOf(view, this.count).refined;
  }

  /** Makes now what the first question by this view would make. */
  prepare(view: SearchView): void {
    this.indexOf(viewOf(view, this.count).refined);
  }

  /** The examples of which there is an embedding of this width. */
  known(query: Query): Query {
    return query.flatMap((example): Example[] => {
      if ('vector' in example) return example.vector.length === this.dim ? [example] : [];
      const rows = example.rows.filter((row) => row >= 0 && row < this.count);
      return rows.length > 0 ? [{ ...example, rows }] : [];
    });
  }

  /** Neighbours of a query of known examples. Look-alikes are grouped for a query by one stored picture alone: others have no neighbours of their own to compare. */
  *nearest(query: Query, count: number, wanted: SearchView): Work<Viewed> {
    const row = onlyRow(query);
    const asked = viewOf(wanted, this.count);
    const view = { ...asked, grouped: asked.grouped && row !== null && !this.hidden.has(row) };
    const strict = this.strict(query, view.refined, count);
    const { hidden } = this;
    let neighbours = strict;
    if (view.grouped && row !== null) {
      const { made, numbers } = yield* this.grouped(view.refined);
      const found = made.nearest(numbers.indexOf(row), count + hidden.size);
      neighbours = leaveOut(
        found.map((one) => ({ ...one, row: numbers[one.row] })),
        hidden,
        count,
      );
    }
    return {
      neighbours,
      view,
      fresh: {
        refined: !view.refined ? 0 : this.plain ? missing(strict, this.strict(query, false, count)) : null,
        grouped: missing(neighbours, strict),
      },
    };
  }

  /** Cosine of every row with a query: [count]. */
  similarities(query: Query, wanted: SearchView): Float32Array {
    const { refined } = viewOf(wanted, this.count);
    return this.indexOf(refined).similaritiesTo(this.vectorOf(query, refined));
  }

  /** Strictly by cosine, without the rows of the query. */
  private strict(query: Query, refined: boolean, count: number): Neighbour[] {
    const own = query.flatMap((example) => ('rows' in example ? example.rows : []));
    const without = new Set([...own, ...this.hidden]);
    const found = this.indexOf(refined).nearestTo(this.vectorOf(query, refined), count + without.size);
    return leaveOut(found, without, count);
  }

  /** The query among the plain rows, or among the refined ones: [dim], of length 1. */
  private vectorOf(query: Query, refined: boolean): Float32Array {
    const { unit } = this.indexOf(refined);
    const directionOf = (example: Example): Float32Array => {
      if ('rows' in example) return meanDirection(unit, example.rows);
      const vector = { values: example.vector, count: 1, dim: example.vector.length };
      return (refined ? refineRows(this.refined().refinement, vector) : unitRows(vector)).values;
    };
    return queryVector(query.map((example) => ({ direction: directionOf(example), unlike: example.unlike })));
  }

  /** Classes for the rows that have none. */
  suggest(wanted: SearchView, classes: Int32Array): Suggestions {
    return suggestLabels(this.indexOf(viewOf(wanted, this.count).refined).unit, classes, this.hidden);
  }

  /** So many rows as unlike each other as can be. */
  diverse(wanted: SearchView, most: number): number[] {
    const { made, numbers } = shownRows(this.indexOf(viewOf(wanted, this.count).refined).unit, this.hidden);
    return farthestPoints(made, most).map((place) => numbers[place]);
  }

  /** So many clusters, each its rows. */
  *clusters(wanted: SearchView, count: number): Work<number[][]> {
    const { made, numbers } = shownRows(this.indexOf(viewOf(wanted, this.count).refined).unit, this.hidden);
    return (yield* kMeans(made, count)).map((places) => places.map((place) => numbers[place]));
  }

  /** The nearest of every row that is not hidden, among these; some may have been hidden since. */
  private *table(wanted: SearchView): Work<OfShown<NeighbourTable>> {
    const index = this.indexOf(viewOf(wanted, this.count).refined);
    const known = serving(this.tables.get(index), this.hidden);
    if (known) return known;
    const shown = shownRows(index.unit, this.hidden);
    const table = { ...shown, made: yield* pairing(shown.made, KNOWN) };
    this.tables.set(index, table);
    return table;
  }

  /** The nearest others of every row; hidden ones have none, and are nobody's. */
  *neighbours(wanted: SearchView): Work<Neighbours> {
    const { made, numbers } = yield* this.table(wanted);
    const seen = visible(made, numbers, this.hidden, this.count);
    const enough = Math.min(NEAREST, this.count - this.hidden.size - 1);
    const lacks = (row: number): boolean => !this.hidden.has(row) && seen.rows[row * seen.k + enough - 1] < 0;
    if (enough < 1 || !numbers.some(lacks)) return seen;
    // Of some too many of those known have been hidden since.
    this.tables.delete(this.indexOf(viewOf(wanted, this.count).refined));
    return yield* this.neighbours(wanted);
  }

  /** How unusual each row is: 1 less the mean cosine with its five nearest. [count] */
  *unusual(wanted: SearchView): Work<Float32Array> {
    return unusual(yield* this.neighbours(wanted), NEAREST);
  }

  /** Coordinates [count, 2]; `before` and `like` as of `mapOf`. */
  *map(wanted: SearchView, before: Float32Array | null, like: Float32Array | null = before): Work<Float32Array> {
    const { unit } = this.indexOf(viewOf(wanted, this.count).refined);
    const { numbers, made } = yield* piece(this.paired(wanted), 0, 0.1);
    return yield* piece(
      mapOf({ unit, directions: this.refined().index.unit, numbers, table: made }, before, like),
      0.1,
      1,
    );
  }

  /**
   * As many rows as can be compared pair by pair, with their nearest among these: for the map, which has a place for hidden ones,
   * too, that they are found at when they are shown again.
   */
  private *paired(wanted: SearchView): Work<Pick<OfShown<NeighbourTable>, 'numbers' | 'made'>> {
    const numbers = sampleRows(allRows(this.count), COMPARED);
    if (numbers.length === this.count && this.hidden.size === 0) return yield* this.table(wanted);
    const { unit } = this.indexOf(viewOf(wanted, this.count).refined);
    return { numbers, made: yield* pairing(pickRows(unit, numbers), KNOWN) };
  }

  private indexOf(refined: boolean): CosineIndex {
    return refined ? this.refined().index : this.whole;
  }

  private refined(): ByRefined {
    if (this.byRefined) return this.byRefined;
    // Refinement takes the length out: the scaled rows give what the embeddings themselves would.
    const { values, count, dim } = this.whole.unit;
    this.byRefined = byRefined(refined(values, count, dim));
    return this.byRefined;
  }

  private get whole(): CosineIndex {
    if (!this.plain) throw new Error('prepared: the embeddings were let go');
    return this.plain;
  }

  private *grouped(ofRefined: boolean): Work<OfShown<ReciprocalIndex>> {
    const index = this.indexOf(ofRefined);
    const known = serving(this.groupings.get(index), this.hidden);
    if (known) return known;
    const begin = (shown: OfShown<Rows>) => ({ ...shown, made: ReciprocalIndex.inPieces(shown.made) });
    const grouping = serving(this.grouping.get(index), this.hidden) ?? begin(shownRows(index.unit, this.hidden));
    this.grouping.set(index, grouping);
    const made = { ...grouping, made: yield* grouping.made };
    this.grouping.delete(index);
    this.groupings.set(index, made);
    return made;
  }
}
