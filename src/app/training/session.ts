import { hasEnded } from '../../core/ended';
import type { Run } from '../../core/records';

/** What training in this tab is at. */
export type Session =
  | { is: 'idle' }
  /** A run was asked for, and has not begun. */
  | { is: 'preparing' }
  | { is: 'training'; coolingDown: boolean }
  | { is: 'paused' }
  /** The user stopped the run: it is saved and evaluated. */
  | { is: 'stopping' }
  /** The run on the page was left before its end, and can be taken up. */
  | { is: 'interrupted'; why: 'paused' | 'cut off' | 'other tab ended' }
  /** Another tab trains. */
  | { is: 'elsewhere' };

export type SessionEvent =
  /** The page shows this run; `takeover`: because the other tab has ended. */
  | { type: 'shown'; run: Run | null; takeover?: boolean }
  /** The user starts, resumes or extends a run. */
  | { type: 'asked' }
  /** The trainer tells what has become of the run. */
  | { type: 'told'; run: Run }
  | { type: 'cool down' }
  | { type: 'stop' }
  /** The trainer is done with the run. */
  | { type: 'ended' }
  /** The run was cut off, or did not come about. */
  | { type: 'failed'; run: Run | null }
  /** Another tab holds the lock. */
  | { type: 'elsewhere' }
  /** That tab has ended. */
  | { type: 'free' }
  /** The user does not want to resume now. */
  | { type: 'declined' };

/** A run is under way in this tab, paused or not: settings and data set are fixed. */
export const isUnderWay = ({ is }: Session): boolean =>
  is === 'preparing' || is === 'training' || is === 'paused' || is === 'stopping';

const idle: Session = { is: 'idle' };

/** How a run that nobody trains stands: one with a reason was not paused by the user. */
function left(run: Run | null): Session {
  if (!run || hasEnded(run)) return idle;
  return { is: 'interrupted', why: run.status === 'paused' && !run.reason ? 'paused' : 'cut off' };
}

function told(session: Session, run: Run): Session {
  if (hasEnded(run)) return idle;
  if (session.is === 'stopping') return session;
  if (run.status === 'running') return session.is === 'training' ? session : { is: 'training', coolingDown: false };
  // With a reason it was cut off, which the trainer says next.
  return run.reason ? session : { is: 'paused' };
}

/** The session after an event. What does not fit the session changes nothing: it came too late. */
export function next(session: Session, event: SessionEvent): Session {
  const underWay = isUnderWay(session);
  switch (event.type) {
    case 'shown': {
      if (underWay || session.is === 'elsewhere') return session;
      const shown = left(event.run);
      return event.takeover && shown.is === 'interrupted' ? { ...shown, why: 'other tab ended' } : shown;
    }
    case 'asked':
      return underWay ? session : { is: 'preparing' };
    case 'told':
      return underWay ? told(session, event.run) : session;
    case 'cool down':
      return session.is === 'training' ? { ...session, coolingDown: true } : session;
    case 'stop':
      return underWay ? { is: 'stopping' } : session;
    case 'ended':
      return underWay ? idle : session;
    case 'failed':
      return underWay ? left(event.run) : session;
    case 'elsewhere':
      return { is: 'elsewhere' };
    case 'free':
      return session.is === 'elsewhere' ? idle : session;
    case 'declined':
      return session.is === 'interrupted' ? idle : session;
  }
}
