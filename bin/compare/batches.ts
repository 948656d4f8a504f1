import type { ComparisonTable } from '../../src/core/comparison/table';
import type { Preset } from '../../src/core/config';
import type { Budget, Planned } from '../../src/core/plan';
import { PRESET_WORDS } from '../../src/core/presets';
import type { MeasureName, Run } from '../../src/core/records';

// MoCo's own argument as an experiment. SimCLR takes its negatives from the batch, so what it learns depends on how large
// that is (Chen et al. 2020, figure 9); a queue keeps as many negatives at any batch (He et al. 2020, section 3.1). Every
// run sees as many pictures, with the rate in proportion to its batch.

const BATCH_SIZES = [8, 16, 32, 64, 128];

export const BATCHES: readonly Planned[] = [
  ...BATCH_SIZES.map((batch): Planned => ({ preset: 'simclr', batch })),
  { preset: 'moco-v2', batch: 16 },
];

export const BATCHES_METHODS: readonly Preset[] = ['simclr', 'moco-v2'];

/** 300 steps of the largest batch. */
export const BATCHES_BUDGET: Budget = { kind: 'images', images: 38_400 };

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
