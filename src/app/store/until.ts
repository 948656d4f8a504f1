import type { State, Store } from './store';

/** Resolves as soon as the state is so. */
export const until = (store: Store, isSo: (state: State) => boolean): Promise<void> =>
  new Promise((done) => {
    if (isSo(store.getState())) return done();
    const stop = store.subscribe((state) => {
      if (!isSo(state)) return;
      stop();
      done();
    });
  });
