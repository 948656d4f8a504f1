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
