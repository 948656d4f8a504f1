import { type SearchView, viewOf } from '../../src/core/search_view';
import { CosineIndex, type Neighbour } from '../../src/evaluate/nearest';
import { ReciprocalIndex } from '../../src/evaluate/refine/reciprocal';
import { refined } from '../../src/evaluate/refine/refinement';

/** The nearest rows, and how many of them the switches brought in. */
export interface Viewed {
  neighbours: Neighbour[];
  /** What was done: with few pictures less than was asked for. */
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
  private byRefined: CosineIndex | null = null;
  private readonly groupings = new Map<CosineIndex, ReciprocalIndex>();

  /** Of embeddings [count, dim], which are scaled in place. */
  constructor(values: Float32Array, count: number, dim: number) {
    this.plain = new CosineIndex(values, count, dim, { inPlace: true });
  }

  get count(): number {
    return this.plain.count;
  }

  nearest(row: number, count: number, wanted: SearchView): Viewed {
    const view = viewOf(wanted, this.count);
    const { refined } = view;
    const strict = refined ? this.refined().nearest(row, count) : this.plain.nearest(row, count);
    const neighbours = view.grouped ? this.grouping(refined).nearest(row, count) : strict;
    return {
      neighbours,
      view,
      fresh: {
        refined: refined ? missing(strict, this.plain.nearest(row, count)) : 0,
        grouped: missing(neighbours, strict),
      },
    };
  }

  /** Cosine of every row with one of them: [count]. */
  similarities(row: number, wanted: SearchView): Float32Array {
    return this.indexOf(wanted).similarities(row);
  }

  /** How unusual each row is: 1 less the mean cosine with its five nearest. [count] */
  async unusual(wanted: SearchView, pause: () => Promise<void>): Promise<Float32Array> {
    const index = this.indexOf(wanted);
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

  private indexOf(wanted: SearchView): CosineIndex {
    return viewOf(wanted, this.count).refined ? this.refined() : this.plain;
  }

  /** Refinement takes the length out: the scaled rows give what the embeddings themselves would. */
  private refined(): CosineIndex {
    if (this.byRefined) return this.byRefined;
    const { values, count, dim } = this.plain.unit;
    const rows = refined(values, count, dim);
    this.byRefined = new CosineIndex(rows.values, count, rows.dim, { inPlace: true });
    return this.byRefined;
  }

  private grouping(ofRefined: boolean): ReciprocalIndex {
    const index = ofRefined ? this.refined() : this.plain;
    const known = this.groupings.get(index) ?? new ReciprocalIndex(index.unit);
    this.groupings.set(index, known);
    return known;
  }
}
