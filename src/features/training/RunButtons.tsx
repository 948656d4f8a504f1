import { ExtendRun } from '../../app/encoders/ExtendRun';
import { obstacle } from '../../app/session/obstacle';
import { useActions, useSelected } from '../../app/store/hooks';
import { runUnderWay } from '../../app/store/store';
import { hasEnded } from '../../core/ended';
import { settingLabel } from './settings/settingFields';

/** Start, pause, resume, stop, extend: whichever can be done now. */
export function RunButtons() {
  const { run, asked, unfinished, coolingDown } = useSelected((state) => state.training);
  const underWay = useSelected(runUnderWay);
  const why = useSelected(obstacle);
  // Of a setting that does not fit: its name, as it may be out of sight.
  const problem = useSelected(({ settings }) => {
    const [first] = settings.problems;
    return first && first.message === why ? (settingLabel(first.field) ?? 'Settings') : '';
  });
  const actions = useActions();
  if (asked)
    return (
      <div className="button-row">
        <button type="button" className="button" disabled>
          Pause
        </button>
        <button type="button" className="button" onClick={actions.stop}>
          Stop
        </button>
      </div>
    );
  if (underWay && run)
    return (
      <div className="button-row">
        {run.status === 'paused' ? (
          <button type="button" className="button primary" onClick={() => void actions.resume()}>
            Resume
          </button>
        ) : (
          <button type="button" className="button" onClick={actions.pause}>
            Pause
          </button>
        )}
        <button type="button" className="button" onClick={actions.stop}>
          Stop
        </button>
        {run.config.steps === null && (
          <button type="button" className="button" disabled={coolingDown} onClick={() => void actions.coolDown()}>
            {coolingDown ? 'Cooling down' : 'Cool down and finish'}
          </button>
        )}
      </div>
    );
  return (
    <>
      <div className="button-row">
        <button
          type="button"
          className={unfinished ? 'button' : 'button primary'}
          disabled={why !== ''}
          onClick={() => void actions.start()}
        >
          Start training
        </button>
        {run && hasEnded(run) && run.status !== 'failed' && (
          <ExtendRun onExtend={(steps) => void actions.extend(steps)} />
        )}
        {run && !hasEnded(run) && !unfinished && why === '' && (
          <button type="button" className="button" onClick={() => void actions.resume()}>
            Resume
          </button>
        )}
      </div>
      {why && (
        <p className={problem ? 'small setting-problem' : 'small muted'}>{problem ? `${problem}: ${why}` : why}</p>
      )}
    </>
  );
}
