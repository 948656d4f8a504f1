import type { LabelColumn } from '../../../core/labels/column';
import { classCounts } from '../../../core/labels/summary';

/** Told apart on light and dark (Tableau 10, without its grey). */
const PALETTE = ['#4e79a7', '#f28e2b', '#e15759', '#76b7b2', '#59a14f', '#edc948', '#b07aa1', '#ff9da7', '#9c755f'];
/** Classes that have a colour of their own. */
export const COLOURED = PALETTE.length;
const OTHERS = '#8d9794';

export interface PointColours {
  of(row: number): string;
  /** The most frequent classes, then all others. */
  legend: readonly { name: string; colour: string }[];
}

/** A colour for each of the most frequent classes of a column; `plain` for all without a column. */
export function pointColours(column: LabelColumn | undefined, plain: string): PointColours {
  if (!column) return { of: () => plain, legend: [] };
  const legend = classCounts(column)
    .slice(0, COLOURED)
    .map(({ name }, place) => ({ name, colour: PALETTE[place] }));
  const others = classCounts(column).length > COLOURED || column.values.includes(null);
  const colours = new Map(legend.map(({ name, colour }) => [name, colour]));
  return {
    of: (row) => colours.get(String(column.values[row] ?? '')) ?? OTHERS,
    legend: others ? [...legend, { name: 'others', colour: OTHERS }] : legend,
  };
}
