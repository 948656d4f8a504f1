import { notNow } from '../../app/session/obstacle';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { BATCHES, BATCHES_BUDGET } from '../../core/batches';
import { budgetWords, plannedWords } from '../../core/plan';
import { Panel } from '../../widgets/Panel';

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
