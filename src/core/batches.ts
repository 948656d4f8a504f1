import type { Budget, Planned } from './plan';

// MoCo's own argument as an experiment. SimCLR takes its negatives from the batch, so what it learns depends on how large
// that is (Chen et al. 2020, figure 9); a queue keeps as many negatives at any batch (He et al. 2020, section 3.1). Every
// run sees as many pictures, with the rate in proportion to its batch.

const BATCH_SIZES = [8, 16, 32, 64, 128];

export const BATCHES: readonly Planned[] = [
  ...BATCH_SIZES.map((batch): Planned => ({ preset: 'simclr', batch })),
  { preset: 'moco-v2', batch: 16 },
];

/** 300 steps of the largest batch. */
export const BATCHES_BUDGET: Budget = { kind: 'images', amount: 38_400 };
