import { useActions, useSelected } from '../../app/store/hooks';
import type { Run } from '../../core/records';

/** Pause or resume, and stop: whatever can be done with the run under way. */
export function RunButtons({ run }: { run: Run | null }) {
  const { asked, coolingDown } = useSelected((state) => state.training);
  const actions = useActions();
  return (
    <div className="button-row">
      {run?.status === 'paused' && !asked ? (
        <button type="button" className="button primary" onClick={() => void actions.resume()}>
          Resume
        </button>
      ) : (
        <button type="button" className="button" disabled={asked} onClick={actions.pause}>
          Pause
        </button>
      )}
      <button type="button" className="button" onClick={actions.stop}>
        Stop
      </button>
      {run?.config.steps === null && (
        <button type="button" className="button" disabled={coolingDown} onClick={() => void actions.coolDown()}>
          {coolingDown ? 'Cooling down' : 'Cool down and finish'}
        </button>
      )}
    </div>
  );
}
