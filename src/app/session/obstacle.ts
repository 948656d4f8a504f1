import { runUnderWay, type State } from '../store/store';

/** Why nothing can be trained at the moment, whatever its settings, in words; '' when it can. It passes. */
export function notNow(state: State): string {
  const { library, training, device } = state;
  if (runUnderWay(state)) return 'A run is under way: wait for its end, or stop it.';
  if (library.importing) return 'Wait until the pictures are in.';
  if (training.session.is === 'elsewhere') return 'Another tab is training.';
  if (!device.report) return training.phase === 'starting' ? 'Choosing what trains.' : 'No device was found.';
  return '';
}

/** Why a run cannot be started with the settings as they are, in words; '' when it can. */
export function obstacle(state: State): string {
  if (!state.settings.config) return 'Add pictures first.';
  return notNow(state) || (state.settings.problems[0]?.message ?? '');
}
