import { notNow } from '../../app/session/obstacle';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import type { Budget, Planned } from '../../core/plan';
import { budgetWords, plannedWords } from '../../core/plan';
import { Panel } from '../../widgets/Panel';

// MoCo's own argument as an experiment. SimCLR takes its negatives from the batch, so what it learns depends on how large
// that is (Chen et al. 2020, figure 9); a queue keeps as many negatives at any batch (He et al. 2020, section 3.1). Every
// run sees as many pictures, with the rate in proportion to its batch.

const BATCH_SIZES = [8, 16, 32, 64, 128];

export const BATCHES: readonly Planned[] = [
  ...BATCH_SIZES.map((batch): Planned => ({ preset: 'simclr', batch })),
  { preset: 'moco-v2', batch: 16 },
];

/** 300 steps of the largest batch. */
export const BATCHES_BUDGET: Budget = { kind: 'images', images: 38_400 };

/** SimCLR at several batch sizes beside MoCo at one, all seeing as many pictures; compared as other methods are. */
export function BatchLab() {
  const { runAll, goTo } = useActions();
  const why = useSelected(notNow);
  const count = useSelected((state) => currentDataset(state)?.count ?? 0);
  const planned = BATCHES.filter(({ batch = 0 }) => batch <= count);
  const begin = (): void => {
    void runAll(planned, BATCHES_BUDGET);
    goTo('compare');
  };
  return (
    <Panel title="Batch sizes" className="batch-lab">
      <p className="muted small">
        SimCLR takes its negatives from the batch, MoCo from a queue. {planned.map(plannedWords).join(' · ')}.{' '}
        {budgetWords(BATCHES_BUDGET)}.
      </p>
      <div className="button-row">
        <button type="button" className="button" disabled={why !== ''} onClick={begin}>
          Train {planned.length} models
        </button>
        {why && <span className="muted small">{why}</span>}
      </div>
    </Panel>
  );
}
