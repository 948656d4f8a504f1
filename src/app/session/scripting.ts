import type { Thumbnails } from '../pictures/thumbnails';
import type { Actions } from '../store/actions';
import type { Lookalike } from '../store/hooks';
import type { Store } from '../store/store';

declare global {
  /**
   * The scripting door: `lookalike.store.getState()` is all the page knows, `lookalike.actions` all it can do,
   * `lookalike.pictures` the pictures of the data set. The command
   * line drives the page through it; in the browser's console it is good for teaching and for experiments.
   */
  var lookalike: { readonly store: Store; readonly actions: Actions; readonly pictures: Thumbnails };
}

export function openScripting({ store, actions, pictures }: Lookalike): void {
  globalThis.lookalike = Object.freeze({ store, actions, pictures });
}
