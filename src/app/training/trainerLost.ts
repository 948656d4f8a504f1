import { capital } from '../../core/amounts';
import { hasEnded } from '../../core/ended';
import { Fault } from '../../core/fault';
import type { Parts } from '../session/parts';
import { tell, tellCause } from '../store/faults';
import { dispatch, patch } from '../store/store';
import { ThreadLost } from '../threads/threadLost';
import { prepare } from './device';
import { isUnderWay } from './session';
import { follow } from './train';

const ADVICE_LOST = 'Nothing needs to be done. If it happens again, choose another device in the training panel.';
const ADVICE_GIVEN_UP =
  'The last checkpoint is kept. Choose another device in the training panel, or reload the page, then resume.';

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** A call to the trainer failed. A lost device, if there was one, ends its thread: returns whether it did. */
export function trainerFailed(parts: Parts, cause: unknown): boolean {
  if (cause instanceof ThreadLost) return true;
  const lost = cause instanceof Fault && cause.kind === 'device' && parts.store.getState().device.report !== null;
  if (lost) trainerLost(parts, cause.message);
  else tellCause(parts.store, cause);
  return lost;
}

/**
 * The trainer's thread died, or its device did: a new thread takes the run up from its last checkpoint. When that
 * happens too often the run is left for the user to resume.
 */
export function trainerLost(parts: Parts, why: string): void {
  const { store, threads, recovery, pending, lock } = parts;
  const { views, training } = store.getState();
  const { run, session } = training;
  const said = sentence(capital(why));
  const called = pending.run !== null;
  pending.run = null;
  threads.end('trainer');
  threads.trainer.lost(new ThreadLost('device', said, 'Try again in a moment.'));
  pending.baseline = '';
  store.setState({ background: null });
  patch(store, 'device', { report: null });

  const allowed = recovery.allow();
  if (allowed) {
    void prepare(parts);
    if (views.on) threads.trainer.send({ type: 'show-views', on: true });
  } else patch(store, 'training', { phase: 'idle', message: '', progress: null });
  // A run that waits for a device waits for the next one.
  if (allowed && (!isUnderWay(session) || !called)) return;
  if (allowed && run && !hasEnded(run) && session.is !== 'paused') {
    void follow(parts, { type: 'resume', run: run.id });
    tell(store, { kind: 'device', message: `${said} Training goes on from the last checkpoint.`, advice: ADVICE_LOST });
    return;
  }
  dispatch(store, { type: 'failed', run });
  lock.give();
  if (!allowed)
    tell(store, {
      kind: 'device',
      message: `The training thread ended four times in a minute. ${said}`,
      advice: ADVICE_GIVEN_UP,
    });
  else if (session.is !== 'paused')
    tell(store, { kind: 'device', message: `The run could not be started. ${said}`, advice: 'Try again.' });
}
