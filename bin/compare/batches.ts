import type { ComparisonTable } from '../../src/core/comparison/table';
import type { Preset } from '../../src/core/config';
import type { MeasureName } from '../../src/core/measures';
import { PRESET_WORDS } from '../../src/core/presets';
import type { Run } from '../../src/core/records';

export const BATCHES_METHODS: readonly Preset[] = ['simclr', 'moco-v2'];

const MEASURES: readonly MeasureName[] = ['kNN', 'R@1', 'two-view R@1'];

/** The part of a comparison that the experiment is about: quality in three measures. */
export function batchesTable({ columns, rows }: ComparisonTable): ComparisonTable {
  const kept = columns.flatMap(({ measure }, place) => (MEASURES.includes(measure) ? [place] : []));
  return {
    columns: kept.map((place) => columns[place]),
    rows: rows.map((row) => ({ ...row, cells: kept.map((place) => row.cells[place]) })),
  };
}

/** Runs by their methods' names alone: what a line of the chart is of, whatever the batch. */
export const methodTitles = (runs: readonly Run[]): Map<string, string> =>
  new Map(runs.map(({ id, config }) => [id, PRESET_WORDS[config.preset].title]));
