import type { Parts } from '../session/parts';
import { isTraining, runUnderWay } from '../store/store';

/**
 * When the tab is hidden or left the run is saved at once, because a hidden tab may be ended without another word; and
 * leaving during a run or an import is asked about, once.
 */
export function guardLeaving({ store, threads }: Parts): void {
  const save = (): void => {
    if (runUnderWay(store.getState())) threads.trainer.send({ type: 'save' });
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save();
  });
  addEventListener('pagehide', save);
  addEventListener('beforeunload', (event) => {
    if (isTraining(store.getState()) || store.getState().library.importing) event.preventDefault();
  });
}
