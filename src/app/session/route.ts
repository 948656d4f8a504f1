import type { Store } from '../store/store';

/** What the page shows of a data set. `compare` is reached from the models; `labs` only where expert tools are on. */
export const SCREENS = ['explore', 'train', 'models', 'compare', 'labels', 'labs'] as const;

export type Screen = (typeof SCREENS)[number];

/** Address of a screen: the part after '#' alone, so that any static server serves it. */
export const addressOfScreen = (screen: Screen): string => `#/${screen}`;

/** The screen of an address; what is no screen's is Explore's. */
export const screenAt = (hash: string): Screen =>
  SCREENS.find((screen) => hash.replace(/^#\/?/, '') === screen) ?? 'explore';

/** The page shows the screen of its address, also when the user goes back or forward. */
export function followAddress(store: Store): void {
  const follow = (): void => store.setState({ screen: screenAt(window.location.hash) });
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
  follow();
}

/** Shows a screen, one step further in the browser's history. Without a window (in tests) only the store changes. */
export function goTo(store: Store, screen: Screen): void {
  if (store.getState().screen === screen) return;
  store.setState({ screen });
  globalThis.window?.history.pushState(null, '', addressOfScreen(screen));
}
