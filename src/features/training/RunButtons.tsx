import { useActions, useSelected } from '../../app/store/hooks';
import type { Run } from '../../core/records';
import { EndNotice } from './EndNotice';

/** Pause or resume, and stop: whatever can be done with the run under way. One that is stopped is evaluated, or not. */
export function RunButtons({ run }: { run: Run | null }) {
  const { session, phase } = useSelected((state) => state.training);
  const actions = useActions();
  const coolingDown = session.is === 'training' && session.coolingDown;
  if (session.is === 'stopping')
    return (
      <div className="button-row">
        <button type="button" className="button" disabled>
          Stopping…
        </button>
        {phase === 'embedding' && (
          <button type="button" className="button quiet" onClick={actions.skipEvaluation}>
            Skip the evaluation
          </button>
        )}
      </div>
    );
  return (
    <div className="button-row">
      {session.is === 'paused' ? (
        <button type="button" className="button primary" onClick={() => void actions.resume()}>
          Resume
        </button>
      ) : (
        <button type="button" className="button" disabled={session.is === 'preparing'} onClick={actions.pause}>
          Pause
        </button>
      )}
      <button type="button" className="button" onClick={actions.stop}>
        Stop
      </button>
      {run?.config.steps === null && (
        <button type="button" className="button" disabled={coolingDown} onClick={actions.coolDown}>
          {coolingDown ? 'Cooling down' : 'Cool down and finish'}
        </button>
      )}
      <EndNotice />
    </div>
  );
}
