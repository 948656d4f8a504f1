import type { Actions } from './actions';
import type { Lookalike } from './hooks';
import type { Store } from './store';

declare global {
  /**
   * The scripting door: `lookalike.store.getState()` is all the page knows, `lookalike.actions` all it can do. The command
   * line drives the page through it; in the browser's console it is good for teaching and for experiments.
   */
  var lookalike: { readonly store: Store; readonly actions: Actions };
}

export function openScripting({ store, actions }: Lookalike): void {
  globalThis.lookalike = Object.freeze({ store, actions });
}
