import { useActions, useSelected } from '../../app/store/hooks';
import { leftAtWords } from '../../app/terms/trainingWords';

/** A run of an earlier visit, or another tab's that has ended, can be taken up: one line with both answers. */
export function EarlierRun({ className }: { className: string }) {
  const { run, session } = useSelected((state) => state.training);
  const actions = useActions();
  if (session.is !== 'interrupted' || !run) return null;
  return (
    <div className={className}>
      <p>
        {session.why === 'other tab ended' ? 'The other tab has ended. ' : ''}
        {leftAtWords(run)}
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
