import { type ReactNode, useState } from 'react';
import { moreSteps, moreWords } from '../../app/encoders/moreSteps';
import { useChoice } from '../../app/encoders/useChoice';
import { useActions, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import { stateWords, stepWords } from '../../app/terms/trainingWords';
import { clock, count, duration } from '../../core/amounts';
import { hasEnded } from '../../core/ended';
import type { Run } from '../../core/records';
import { EarlierRun } from './EarlierRun';
import { PlanCard } from './PlanCard';
import { RunButtons } from './RunButtons';
import { RunProgress } from './RunProgress';

/** One card: what will happen before a run, how it goes during it, and what came of it after its end. */
export function Training({ verdict, device }: { verdict: ReactNode; device: ReactNode }) {
  const { run, session } = useSelected((state) => state.training);
  const underWay = useSelected(runUnderWay);
  /** The run after which another one is planned. */
  const [after, setAfter] = useState<string | null>(null);
  const plans = !underWay && (!run || after === run.id || run.status === 'failed');
  return (
    <section className="panel training" aria-label="Training">
      {session.is === 'elsewhere' && (
        <p className="callout">Another tab is training. When it ends, training can be taken over here.</p>
      )}
      {underWay && <UnderWay run={run} />}
      {session.is === 'interrupted' && <EarlierRun className="callout" />}
      {!underWay && run && <Ended run={run} verdict={verdict} planning={plans} onPlan={() => setAfter(run.id)} />}
      {plans && <PlanCard device={device} />}
    </section>
  );
}

function UnderWay({ run }: { run: Run | null }) {
  const { saved, message, progress } = useSelected((state) => state.training);
  return (
    <div className="under-way">
      {run ? (
        <RunProgress key={run.id} run={run} />
      ) : (
        <div>
          <p className="training-state">Getting ready</p>
          <p className="training-status muted">{message}</p>
          <progress className="training-bar" aria-label="Preparation" value={progress ?? undefined} />
        </div>
      )}
      <div>
        <RunButtons run={run} />
        {saved && (
          <p className="small muted">
            Saved at step {count(saved.step)}, {clock(saved.at)}
          </p>
        )}
      </div>
    </div>
  );
}

interface EndedProps {
  run: Run;
  verdict: ReactNode;
  planning: boolean;
  onPlan(): void;
}

/** The last run: what it came to, and where to go from here. */
function Ended({ run, verdict, planning, onPlan }: EndedProps) {
  const training = useSelected((state) => state.training);
  const choice = useChoice();
  const actions = useActions();
  const { session } = training;
  const ended = hasEnded(run);
  /** Once another run is planned, a choice that was made gives way to the plan. */
  const shows = !planning || choice?.decided === false;
  return (
    <div className={planning ? 'last-run planning' : 'last-run'}>
      {session.is !== 'interrupted' && (
        <p className="training-status">
          <strong>{stateWords(training)}</strong>{' '}
          <span className="muted">
            {stepWords(run, run.step)}
            {run.seconds >= 1 && `, ${duration(run.seconds)} of training`}
          </span>
        </p>
      )}
      {run.status === 'failed' && run.reason && <p className="callout danger">{run.reason}</p>}
      {shows && verdict}
      <div className="button-row">
        {!planning && (
          <button
            type="button"
            className={choice || session.is === 'interrupted' ? 'link' : 'button primary'}
            disabled={session.is === 'elsewhere'}
            onClick={onPlan}
          >
            Train another
          </button>
        )}
        {ended && !(shows && choice) && run.status !== 'failed' && (
          <button type="button" className="button" onClick={() => void actions.extend(moreSteps(run))}>
            {moreWords(moreSteps(run))}
          </button>
        )}
        {!ended && session.is === 'idle' && (
          <button type="button" className="button" onClick={() => void actions.resume()}>
            Resume
          </button>
        )}
      </div>
    </div>
  );
}
