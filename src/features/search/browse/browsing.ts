import { searchedNow } from '../../../app/encoders/searchOrder';
import type { Parts } from '../../../app/session/parts';
import { embeddedQuery } from '../../../app/session/queryVectors';
import { goTo } from '../../../app/session/route';
import type { Actions } from '../../../app/store/actions';
import { tellCause } from '../../../app/store/faults';
import type { BrowseSlice, QueryExample } from '../../../app/store/slices';
import { currentDataset, emptyBrowse, patch, type State } from '../../../app/store/store';
import { folderColumn } from '../../../core/labels/column';
import { asideCount } from '../../../core/set_aside';
import type { Searched } from '../../../protocol/searching';
import { shownRows, textsOf } from './shownRows';

type BrowseActions = Pick<Actions, 'browse' | 'toggleLabel'>;

export function browseActions({ store }: Parts): BrowseActions {
  const browse: Actions['browse'] = (change) => {
    goTo(store, 'explore');
    // What is to be tidied up is sought among all pictures: words and labels lead back to the grid.
    const tidy = store.getState().browse.mode === 'tidy';
    patch(store, 'browse', { ...(tidy && { mode: 'pictures' }), ...change });
  };
  return {
    browse,
    toggleLabel: (label) => {
      const { chosen } = store.getState().browse;
      const others = chosen.filter(({ column, name }) => column !== label.column || name !== label.name);
      browse({ chosen: others.length < chosen.length ? others : [...chosen, label] });
    },
  };
}

interface Scores {
  searched: Searched;
  /** The query they are of; null: they say how unusual each picture is. */
  of: readonly QueryExample[] | null;
}

/** What the scores to sort by depend on; null where none are needed or there is nothing to search with. */
function scoresAsked(state: State): Scores | null {
  const { browse, similar } = state;
  const of = browse.sort === 'like' ? similar.query : null;
  if (of ? of.length === 0 : browse.sort !== 'unusual') return null;
  const searched = searchedNow(state);
  return searched && { searched, of };
}

/**
 * Keeps the rows shown as what they follow from: the names of the data set's pictures, which the searcher reads when its import has
 * ended, its labels, and what the user chose.
 */
export function followBrowsing(parts: Parts): void {
  const { store, threads, newest } = parts;
  let read = '';
  let asked: { key: string; of: Scores['of'] } = { key: '', of: null };
  let texts: string[] = [];
  const change = (values: Partial<BrowseSlice>): void => patch(store, 'browse', values);

  const readNames = async (dataset: string, count: number): Promise<void> => {
    try {
      const names = await threads.searcher.call({ type: 'names', dataset });
      if (read === `${dataset} ${count}`) change({ names });
    } catch (cause) {
      tellCause(store, cause);
    }
  };

  const askScores = async ({ of: query, searched }: Scores): Promise<void> => {
    const signal = newest.begin('scores');
    try {
      const of = query && (await embeddedQuery(parts, searched.encoder, query, signal));
      const scores = await threads.searcher.call({ type: 'scores', ...searched, of }, { signal });
      change({ scores });
    } catch (cause) {
      tellCause(store, cause);
    }
  };

  store.subscribe((state, before) => {
    const { library, labels, browse } = state;
    const dataset = currentDataset(state);
    if (library.current !== before.library.current) {
      read = '';
      texts = [];
      store.setState({ browse: { ...emptyBrowse, rows: dataset && shownRows(emptyBrowse, texts, dataset) } });
      return;
    }
    const count = dataset && !library.importing ? `${dataset.id} ${dataset.count}` : '';
    if (dataset && count !== '' && count !== read) {
      read = count;
      void readNames(dataset.id, dataset.count);
    }
    if (browse.names !== before.browse.names || labels.columns !== before.labels.columns) {
      const folder = folderColumn(browse.names.map(({ label }) => label));
      const columns = [...(folder ? [folder] : []), ...labels.columns];
      texts = textsOf({ names: browse.names, columns });
      change({ columns });
      return;
    }
    const wanted = scoresAsked(state);
    const key = wanted ? JSON.stringify([wanted.searched, state.encoders.versions]) : '';
    if (key !== asked.key || (wanted?.of ?? null) !== asked.of) {
      asked = { key, of: wanted?.of ?? null };
      if (wanted) void askScores(wanted);
      else newest.end('scores');
    }
    const inputs = ['columns', 'words', 'chosen', 'aside', 'sort', 'scores'] as const;
    const was = currentDataset(before);
    const pictures =
      dataset?.setAside !== was?.setAside ||
      dataset?.removed !== was?.removed ||
      (dataset?.setAside && dataset.count !== was?.count);
    if (!dataset || !(pictures || inputs.some((input) => browse[input] !== before.browse[input]))) return;
    if (browse.aside && asideCount(dataset) === 0) change({ aside: false });
    else change({ rows: shownRows(browse, texts, dataset) });
  });
}
