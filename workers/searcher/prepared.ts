import { type Example, onlyRow, type Query } from '../../src/core/query';
import { type SearchView, viewOf } from '../../src/core/search_view';
import { CosineIndex, type Neighbour } from '../../src/evaluate/nearest';
import { meanDirection, queryVector } from '../../src/evaluate/query_vector';
import { ReciprocalIndex } from '../../src/evaluate/refine/reciprocal';
import { type Refined, refined, refineRows } from '../../src/evaluate/refine/refinement';
import { unitRows } from '../../src/evaluate/rows';

/** The nearest rows, and how many of them the switches brought in. */
export interface Viewed {
  neighbours: Neighbour[];
  /** What was done: with few pictures, or a query by more than one of them, less than was asked for. */
  view: SearchView;
  /** Of the neighbours those that are not there without the switch; 0 where it is off. */
  fresh: { refined: number; grouped: number };
}

/** Neighbours that say how unusual a row is, and rows that are compared without a pause. */
const NEAREST = 5;
const QUERIES = 64;

const missing = (found: readonly Neighbour[], before: readonly Neighbour[]): number => {
  const known = new Set(before.map(({ row }) => row));
  return found.filter(({ row }) => !known.has(row)).length;
};

/** Embeddings prepared for searches. What a view needs is made when it is first asked for, and kept. */
export class Prepared {
  private readonly plain: CosineIndex;
  private byRefined: { index: CosineIndex; refinement: Refined['refinement'] } | null = null;
  private readonly groupings = new Map<CosineIndex, ReciprocalIndex>();

  /** Of embeddings [count, dim], which are scaled in place. */
  constructor(values: Float32Array, count: number, dim: number) {
    this.plain = new CosineIndex(values, count, dim, { inPlace: true });
  }

  get count(): number {
    return this.plain.count;
  }

  /** The examples of which there is an embedding of this width. */
  known(query: Query): Query {
    return query.flatMap((example): Example[] => {
      if ('vector' in example) return example.vector.length === this.plain.dim ? [example] : [];
      const rows = example.rows.filter((row) => row >= 0 && row < this.count);
      return rows.length > 0 ? [{ ...example, rows }] : [];
    });
  }

  /** Neighbours of a query of known examples. Re-ranked is that by one row: what has no neighbours of its own cannot be. */
  nearest(query: Query, count: number, wanted: SearchView): Viewed {
    const row = onlyRow(query);
    const asked = viewOf(wanted, this.count);
    const view = { ...asked, grouped: asked.grouped && row !== null };
    const strict = this.strict(query, view.refined, count);
    const neighbours = view.grouped && row !== null ? this.grouping(view.refined).nearest(row, count) : strict;
    return {
      neighbours,
      view,
      fresh: {
        refined: view.refined ? missing(strict, this.strict(query, false, count)) : 0,
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
    const own = new Set(query.flatMap((example) => ('rows' in example ? example.rows : [])));
    const found = this.indexOf(refined).nearestTo(this.vectorOf(query, refined), count + own.size);
    return found.filter(({ row }) => !own.has(row)).slice(0, count);
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

  /** How unusual each row is: 1 less the mean cosine with its five nearest. [count] */
  async unusual(wanted: SearchView, pause: () => Promise<void>): Promise<Float32Array> {
    const index = this.indexOf(viewOf(wanted, this.count).refined);
    const unusual = new Float32Array(this.count);
    for (let from = 0; from < this.count; from += QUERIES) {
      const rows = Int32Array.from({ length: Math.min(QUERIES, this.count - from) }, (_, i) => from + i);
      const { similarities, k } = index.nearestOfRows(rows, Math.min(NEAREST, this.count - 1));
      for (const [i, row] of rows.entries())
        unusual[row] = 1 - similarities.subarray(i * k, (i + 1) * k).reduce((sum, one) => sum + one, 0) / k;
      await pause();
    }
    return unusual;
  }

  private indexOf(refined: boolean): CosineIndex {
    return refined ? this.refined().index : this.plain;
  }

  /** Refinement takes the length out: the scaled rows give what the embeddings themselves would. */
  private refined(): NonNullable<Prepared['byRefined']> {
    if (this.byRefined) return this.byRefined;
    const { values, count, dim } = this.plain.unit;
    const rows = refined(values, count, dim);
    const index = new CosineIndex(rows.values, count, rows.dim, { inPlace: true });
    this.byRefined = { index, refinement: rows.refinement };
    return this.byRefined;
  }

  private grouping(ofRefined: boolean): ReciprocalIndex {
    const index = this.indexOf(ofRefined);
    const known = this.groupings.get(index) ?? new ReciprocalIndex(index.unit);
    this.groupings.set(index, known);
    return known;
  }
}
