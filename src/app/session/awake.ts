import { isTraining, type State, type Store } from '../store/store';

/** 'Lookalike', with how far a run or an import is, so that another tab can be worked in meanwhile. */
export function pageTitle({ training, library }: State, step: number): string {
  const { run } = training;
  const { importing } = library;
  if (importing) return 'Importing · Lookalike';
  if (run?.status !== 'running' || training.phase !== 'training') return 'Lookalike';
  return run.config.steps === null
    ? `Step ${step} · Lookalike`
    : `${Math.floor((100 * step) / run.config.steps)} % · Lookalike`;
}

/**
 * While a run is under way the screen stays on, where the browser can do that: a device that falls asleep trains no more.
 * The browser takes the lock back whenever the tab is hidden.
 */
export function stayAwake(store: Store): void {
  let held: Promise<WakeLockSentinel | null> | null = null;
  const follow = (): void => {
    const wanted = isTraining(store.getState()) && document.visibilityState === 'visible';
    if (wanted && !held) held = navigator.wakeLock?.request('screen').catch(() => null) ?? null;
    if (wanted || !held) return;
    void held.then((lock) => lock?.release());
    held = null;
  };
  store.subscribe(follow);
  document.addEventListener('visibilitychange', follow);
}
