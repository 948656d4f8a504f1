import type { Store } from '../store/store';

/** What the page shows of a data set. `compare` is reached from the models; `labs` only where expert tools are on. */
export const SCREENS = ['explore', 'train', 'models', 'compare', 'labels', 'labs'] as const;

export type Screen = (typeof SCREENS)[number];

/** Address of a screen: the part after '#' alone, so that any static server serves it. A picture is Explore's. */
export const addressOfScreen = (screen: Screen, picture: number | null = null): string =>
  picture === null ? `#/${screen}` : `#/${screen}/${picture}`;

/** The screen of an address; what is no screen's is Explore's. */
export const screenAt = (hash: string): Screen =>
  SCREENS.find((screen) => hash.replace(/^#\/?|\/\d+$/g, '') === screen) ?? 'explore';

/** Row of the picture that an address shows beside the others, or null. */
export const pictureAt = (hash: string): number | null => {
  const row = /^#\/?explore\/(\d+)$/.exec(hash)?.[1];
  return row === undefined ? null : Number(row);
};

/**
 * The page shows the screen of its address, also when the user goes back or forward.
 * @param showPicture told which picture the address of Explore shows; at a visit's beginning none is shown
 */
export function followAddress(store: Store, showPicture: (row: number | null) => void): void {
  const follow = (): void => {
    const screen = screenAt(window.location.hash);
    store.setState({ screen });
    if (screen === 'explore') showPicture(pictureAt(window.location.hash));
  };
  store.setState({ screen: screenAt(window.location.hash) });
  if (pictureAt(window.location.hash) !== null) window.history.replaceState(null, '', addressOfScreen('explore'));
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
}

/** Shows a screen, one step further in the browser's history. Without a window (in tests) only the store changes. */
export function goTo(store: Store, screen: Screen): void {
  const { screen: shown, similar } = store.getState();
  if (shown === screen) return;
  store.setState({ screen });
  globalThis.window?.history.pushState(null, '', addressOfScreen(screen, screen === 'explore' ? similar.row : null));
}

/** What a step of the history says: Explore without a picture is the step before it. */
const OPENED = { opened: true };

/**
 * Puts the picture that is shown into the address of Explore. Opening one is a step of the history, so that Back closes
 * it; from one to the next is none.
 */
export function addressPicture(row: number | null): void {
  const { history, location } = globalThis.window ?? {};
  if (!history || row === pictureAt(location.hash)) return;
  const here = screenAt(location.hash) === 'explore';
  const opened = history.state?.opened === true;
  if (row === null && opened) history.back();
  else if (row !== null && (!here || pictureAt(location.hash) === null)) {
    // Going back to an address without a fragment would take the focus away.
    if (here) history.replaceState(history.state, '', addressOfScreen('explore'));
    history.pushState(here ? OPENED : null, '', addressOfScreen('explore', row));
  } else history.replaceState(history.state, '', addressOfScreen('explore', row));
}
