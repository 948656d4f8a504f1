import { classNumbers, knownNumbers, type LabelColumn } from '../../core/labels/column';
import type { Rows } from '../rows';
import { allRows } from '../sample';
import type { Work } from '../work';
import { etaSquared, pearson, spearman } from './correlation';

/** How a dimension goes with a label column, over the pictures that have a label. */
export type Relation =
  | { kind: 'number'; column: string; pearson: number; spearman: number }
  /** Share of the dimension's variance between classes. */
  | { kind: 'class'; column: string; etaSquared: number };

/** What can be said of one dimension of an embedding. */
export interface InterpretedDimension {
  dimension: number;
  /** Rows with its highest and its lowest values, the extreme one first. */
  highest: Int32Array;
  lowest: Int32Array;
  relations: Relation[];
}

/** Rows with a label, and how a dimension's values there relate to it. */
function relating(column: LabelColumn): { rows: Int32Array; relation: (values: Float64Array) => Relation } {
  if (column.kind === 'number') {
    const { rows, targets } = knownNumbers(column);
    return {
      rows,
      relation: (values) => ({
        kind: 'number',
        column: column.name,
        pearson: pearson(values, targets),
        spearman: spearman(values, targets),
      }),
    };
  }
  const { numbers } = classNumbers(column);
  const rows = allRows(numbers.length).filter((row) => numbers[row] >= 0);
  const classes = rows.map((row) => numbers[row]);
  return {
    rows,
    relation: (values) => ({ kind: 'class', column: column.name, etaSquared: etaSquared(values, classes) }),
  };
}

/** Every dimension of embeddings [count, dim] with its `most` extreme pictures and what it goes with. */
export function* interpretDimensions(
  { values, count, dim }: Rows,
  columns: readonly LabelColumn[],
  most = 9,
): Work<InterpretedDimension[]> {
  const related = columns.map(relating);
  const interpreted: InterpretedDimension[] = [];
  for (let dimension = 0; dimension < dim; dimension++) {
    const at = (row: number): number => values[row * dim + dimension];
    const order = allRows(count).sort((a, b) => at(a) - at(b) || a - b);
    const shown = Math.min(most, count);
    interpreted.push({
      dimension,
      highest: order.slice(count - shown).reverse(),
      lowest: order.slice(0, shown),
      relations: related.map(({ rows, relation }) => relation(Float64Array.from(rows, at))),
    });
    yield (dimension + 1) / dim;
  }
  return interpreted;
}
