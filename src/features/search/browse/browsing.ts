import { searchingEncoder } from '../../../app/encoders/searchOrder';
import type { Parts } from '../../../app/session/parts';
import { goTo } from '../../../app/session/route';
import type { Actions } from '../../../app/store/actions';
import { tellCause } from '../../../app/store/faults';
import type { BrowseSlice } from '../../../app/store/slices';
import { currentDataset, emptyBrowse, patch, type State, searchView } from '../../../app/store/store';
import { folderColumn } from '../../../core/labels/column';
import type { SearcherCalls } from '../../../protocol/searching';
import { shownRows, textsOf } from './shownRows';

type BrowseActions = Pick<Actions, 'browse' | 'toggleLabel'>;

export function browseActions({ store }: Parts): BrowseActions {
  const browse: Actions['browse'] = (change) => {
    goTo(store, 'explore');
    patch(store, 'browse', change);
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

type Scores = Parameters<SearcherCalls['scores']>[0];

/** What the scores to sort by depend on; null where none are needed or there is nothing to search with. */
function scoresAsked(state: State): Scores | null {
  const { browse, similar, training, encoders } = state;
  const dataset = currentDataset(state);
  const of = browse.sort === 'like' ? similar.row : null;
  if (!dataset || (browse.sort === 'like' ? of === null : browse.sort !== 'unusual')) return null;
  const run = searchingEncoder(dataset, training.run?.id ?? null, encoders.embedded);
  return run === null ? null : { dataset: dataset.id, run, of, view: searchView(state) };
}

/**
 * Keeps the rows shown as what they follow from: the names of the data set's pictures, which the searcher reads when its import has
 * ended, its labels, and what the user chose.
 */
export function followBrowsing({ store, threads, newest }: Parts): void {
  let read = '';
  let asked = '';
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

  const askScores = async (wanted: Scores): Promise<void> => {
    const signal = newest.begin('scores');
    try {
      const scores = await threads.searcher.call({ type: 'scores', ...wanted }, { signal });
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
      store.setState({ browse: emptyBrowse });
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
    const key = wanted ? JSON.stringify([wanted, state.encoders.versions]) : '';
    if (key !== asked) {
      asked = key;
      if (wanted) void askScores(wanted);
      else newest.end('scores');
    }
    const inputs = ['columns', 'words', 'chosen', 'sort', 'scores'] as const;
    if (inputs.some((input) => browse[input] !== before.browse[input])) change({ rows: shownRows(browse, texts) });
  });
}
