import { patch, type Store } from '../store/store';

/** What the page shows of a data set. `compare` is reached from the models; `labs` only where expert tools are on. */
export const SCREENS = ['explore', 'train', 'models', 'compare', 'labels', 'labs'] as const;

export type Screen = (typeof SCREENS)[number];

/** Address of a screen: the part after '#' alone, so that any static server serves it. A picture is Explore's. */
export const addressOfScreen = (screen: Screen, picture: number | null = null): string =>
  picture === null ? `#/${screen}` : `#/${screen}/${picture}`;

/** The screen of an address; what is no screen's is Explore's. */
export const screenAt = (hash: string): Screen =>
  SCREENS.find((screen) => hash.replace(/^#\/?|\/\d+$|\?.*$/g, '') === screen) ?? 'explore';

/** Row of the picture that an address shows beside the others, or null. */
const pictureAt = (hash: string): number | null => {
  const row = /^#\/?explore\/(\d+)$/.exec(hash)?.[1];
  return row === undefined ? null : Number(row);
};

/** Address of a comparison of these encoders: '#/compare?of=untrained&of=pretrained+inception-v3'. */
export const addressOfComparison = (compared: readonly string[]): string =>
  compared.length === 0
    ? addressOfScreen('compare')
    : `#/compare?${new URLSearchParams(compared.map((id) => ['of', id]))}`;

/** The encoders that an address compares. */
export const comparedAt = (hash: string): string[] =>
  screenAt(hash) === 'compare' ? new URLSearchParams(hash.split('?')[1]).getAll('of') : [];

/** What a step of the history says of the query it shows. */
interface QueryStep {
  /** Its place among the queries of this visit. */
  query: number;
  /** Steps back to where nothing is searched for; 0: that is not known. */
  depth: number;
}

const stepOf = (state: unknown): QueryStep | null =>
  typeof (state as QueryStep | null)?.query === 'number' ? (state as QueryStep) : null;

/**
 * The page shows the screen of its address, also when the user goes back or forward.
 * @param showQuery told which query a step of Explore shows, or the picture of its address; at a visit's beginning none is
 */
export function followAddress(store: Store, showQuery: (step: QueryStep | null, row: number | null) => void): void {
  const follow = (): void => {
    const { location, history } = window;
    const screen = screenAt(location.hash);
    store.setState({ screen });
    const compared = comparedAt(location.hash);
    if (compared.length > 0) patch(store, 'encoders', { compared });
    if (screen === 'explore') showQuery(stepOf(history.state), pictureAt(location.hash));
  };
  store.setState({ screen: screenAt(window.location.hash) });
  if (screenAt(window.location.hash) === 'explore') window.history.replaceState(null, '', addressOfScreen('explore'));
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
}

/** Shows a screen, one step further in the browser's history. Without a window (in tests) only the store changes. */
export function goTo(store: Store, screen: Screen): void {
  const { screen: shown, similar, encoders } = store.getState();
  if (shown === screen) return;
  store.setState({ screen });
  const explore = screen === 'explore' && similar.query.length > 0;
  const step = explore ? ({ query: similar.past.length - 1, depth: 0 } satisfies QueryStep) : null;
  globalThis.window?.history.pushState(
    step,
    '',
    screen === 'compare'
      ? addressOfComparison(encoders.compared)
      : addressOfScreen(screen, explore ? similar.row : null),
  );
}

/**
 * Makes a query a step of the history, with its picture in the address of Explore where it is one of the data set.
 * @param query its place among the queries of this visit
 * @returns steps back to where nothing is searched for
 */
export function addressQuery(query: number, row: number | null): number {
  const { history, location } = globalThis.window ?? {};
  if (!history) return 0;
  const here = screenAt(location.hash) === 'explore';
  const before = stepOf(history.state);
  const depth = !here ? 0 : !before ? 1 : before.depth && before.depth + 1;
  // Going back to an address without a fragment would take the focus away.
  if (here && !before) history.replaceState(null, '', addressOfScreen('explore'));
  history.pushState({ query, depth } satisfies QueryStep, '', addressOfScreen('explore', row));
  return depth;
}

/** Takes the query out of the address: back to where there was none, so that forward leads to it again. */
export function leaveQuery(): void {
  const { history, location } = globalThis.window ?? {};
  if (!history || screenAt(location.hash) !== 'explore') return;
  const depth = stepOf(history.state)?.depth ?? 0;
  if (depth > 0) history.go(-depth);
  else history.replaceState(null, '', addressOfScreen('explore'));
}

/** Keeps the comparison on the page in its address, so that a reload shows it again. */
export function addressCompared(compared: readonly string[]): void {
  const { history, location } = globalThis.window ?? {};
  if (history && screenAt(location.hash) === 'compare') history.replaceState(null, '', addressOfComparison(compared));
}
