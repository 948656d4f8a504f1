import { hasEnded } from '../../core/ended';
import { addressOf } from '../session/networks';
import type { Parts } from '../session/parts';
import { tell } from '../store/faults';
import { patch } from '../store/store';

const ADVICE_LOST = 'Nothing needs to be done. If it happens again, choose another device in the training panel.';
const ADVICE_GIVEN_UP =
  'The last checkpoint is kept. Choose another device in the training panel, or reload the page, then resume.';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/**
 * The trainer's thread died, or its device did: a new thread takes the run up from its last checkpoint. When that
 * happens too often the run is left for the person to resume.
 */
export function trainerLost(parts: Parts, why: string): void {
  const { store, threads, recovery, pending, lock } = parts;
  const state = store.getState();
  const { run, asked } = state.training;
  const underWay = lock.held && run !== null && !hasEnded(run) ? run : null;
  const resumed = asked || pending.interrupted || underWay?.status === 'running' ? underWay : null;
  const said = sentence(capital(why));
  threads.end('trainer');
  pending.baseline = '';
  store.setState({ background: null });
  pending.refused = false;
  pending.interrupted = false;
  pending.failTrainer({ kind: 'device', message: said, advice: 'Try again in a moment.' });
  patch(store, 'device', { report: null });
  patch(store, 'reconstructions', { asked: false });
  patch(store, 'reading', { asked: [] });
  patch(store, 'measures', { asked: [] });
  patch(store, 'training', { phase: 'starting', message: '', progress: null });

  const allowed = recovery.allow();
  if (allowed) {
    const { choice, allowSoftware } = state.device;
    threads.trainer.send({ type: 'prepare', backend: choice, allowSoftware, networks: addressOf('') });
    if (state.views.on) threads.trainer.send({ type: 'show-views', on: true });
  }
  if (allowed && resumed) {
    patch(store, 'training', { asked: true });
    threads.trainer.send({ type: 'resume', run: resumed.id });
    tell(store, { kind: 'device', message: `${said} Training goes on from the last checkpoint.`, advice: ADVICE_LOST });
    return;
  }
  if (allowed && !asked) return;
  lock.give();
  patch(store, 'training', { asked: false, lock: 'free', unfinished: underWay });
  if (allowed) tell(store, { kind: 'device', message: `The run could not be started. ${said}`, advice: 'Try again.' });
  else {
    patch(store, 'training', { phase: 'idle' });
    tell(store, {
      kind: 'device',
      message: `The training thread ended four times in a minute. ${said}`,
      advice: ADVICE_GIVEN_UP,
    });
  }
}
