import type { ClassPredictions } from '../../../core/test_result';

/** So many pictures of one class that were taken for another, or for their own. */
export interface ConfusionCell {
  truth: number;
  predicted: number;
  /** Rows of the data set. */
  rows: number[];
}

/** [classes, classes], row by row: the pictures of the class of the row that were taken for that of the column. */
export function confusionCells({ names, rows, truth, predicted }: ClassPredictions): ConfusionCell[] {
  const cells: ConfusionCell[] = Array.from({ length: names.length ** 2 }, (_, place) => ({
    truth: Math.floor(place / names.length),
    predicted: place % names.length,
    rows: [],
  }));
  for (const [i, row] of rows.entries()) cells[truth[i] * names.length + predicted[i]].rows.push(row);
  return cells;
}

/** Errors, the most frequent first. */
export const mistakes = (cells: readonly ConfusionCell[]): ConfusionCell[] =>
  cells
    .filter(({ truth, predicted, rows }) => truth !== predicted && rows.length > 0)
    .sort((a, b) => b.rows.length - a.rows.length);
