import type { ReactNode } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import type { TrainingSlice } from '../../app/store/slices';
import { currentDataset } from '../../app/store/store';
import { clock, stateWords, stepWords } from '../../app/terms/trainingWords';
import { count } from '../../widgets/amounts';
import { Panel } from '../../widgets/Panel';
import { RunButtons } from './RunButtons';
import { RunFigures } from './RunFigures';

/** What training is at, and everything to be done with it. */
export function Training({ verdict, device }: { verdict: ReactNode; device: ReactNode }) {
  const training = useSelected((state) => state.training);
  const pictures = useSelected((state) => currentDataset(state)?.count ?? 0);
  const { saved, run } = training;
  const words = stateWords(training);
  const savedWords = saved
    ? `Saved at step ${count(saved.step)}, ${clock(saved.at)}`
    : run && run.step > 0 && `Saved at step ${count(run.step)}`;
  return (
    <Panel title="Training" className="training">
      <p className={`training-state ${run?.status ?? 'none'}`}>{words}</p>
      <p className="training-status muted">{whatItDoes(training, pictures)}</p>
      {run?.status === 'failed' && run.reason && <p className="callout danger">{run.reason}</p>}
      <Offer />
      <RunFigures />
      {verdict}
      <RunButtons />
      {savedWords && <p className="small muted">{savedWords}</p>}
      {device}
    </Panel>
  );
}

/** What the trainer says it does, or a sentence where it says no more than the state above. */
function whatItDoes(training: TrainingSlice, pictures: number): string {
  const { message, phase, run } = training;
  if (phase === 'training' && run) return `On ${count(pictures)} pictures, ${count(run.config.batch)} a step.`;
  if (message) return message;
  return run ? `At ${stepWords(run, run.step)}.` : 'Nothing is under way.';
}

/** An earlier run, or another tab's, can be taken up. */
function Offer() {
  const { unfinished, takeover, lock } = useSelected((state) => state.training);
  const actions = useActions();
  if (lock === 'elsewhere')
    return <p className="callout">Another tab is training. When it ends, training can be taken over here.</p>;
  if (!unfinished) return null;
  return (
    <div className="callout">
      <p>
        {takeover ? 'The other tab has ended. ' : ''}A run was cut off at {stepWords(unfinished, unfinished.step)}.
        Nothing of it up to there is lost.
      </p>
      <div className="button-row">
        <button type="button" className="button primary" onClick={() => void actions.resume()}>
          Resume
        </button>
        <button type="button" className="button quiet" onClick={actions.declineResume}>
          Not now
        </button>
      </div>
    </div>
  );
}
