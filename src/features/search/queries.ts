import { searchAgain } from '../../app/session/askNeighbours';
import type { Parts } from '../../app/session/parts';
import { rowsQuery } from '../../app/session/queryVectors';
import { addressQuery, type followAddress, leaveQuery } from '../../app/session/route';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import type { QueryExample, SimilarSlice } from '../../app/store/slices';
import { currentDataset, noQuery, patch } from '../../app/store/store';
import { sha256 } from '../../core/formats/sha256';
import { likeRow, onlyRow } from '../../core/query';
import { partOf } from './partOf';

type QueryActions = Pick<Actions, 'select' | 'search' | 'addExample' | 'findLike' | 'findPart' | 'searchBefore'>;

const rowOf = (query: readonly QueryExample[]): number | null => {
  const rows = rowsQuery(query);
  return rows && onlyRow(rows);
};

/** Puts a query on the page and searches by it; an empty one closes. */
function show(parts: Parts, query: readonly QueryExample[], change: Partial<SimilarSlice>): void {
  const { store } = parts;
  patch(store, 'similar', { ...(query.length === 0 ? noQuery : { query, row: rowOf(query) }), ...change });
  if (query.length > 0) store.setState({ screen: 'explore' });
  searchAgain(parts);
}

export function queryActions(parts: Parts): QueryActions {
  const { store } = parts;
  const search = (query: readonly QueryExample[]): void => {
    const { similar, library } = store.getState();
    if (query.length === 0 || library.current === null) {
      leaveQuery();
      show(parts, [], {});
      return;
    }
    const past = [...similar.past, { dataset: library.current, query }];
    show(parts, query, { past, depth: addressQuery(past.length - 1, rowOf(query)) });
  };
  return {
    search,
    select: (row) => search(row === null ? [] : likeRow(row)),
    addExample: (row, unlike) => {
      const { query } = store.getState().similar;
      const others = query.filter((example) => !('rows' in example) || `${example.rows}` !== `${row}`);
      search([...others, { rows: [row], unlike }]);
    },
    findLike: async (file) => {
      const hash = await sha256(new Uint8Array(await file.arrayBuffer()));
      const row = store.getState().browse.names.findIndex((picture) => picture.sha256 === hash);
      if (row >= 0) search(likeRow(row));
      else search([{ outside: { name: file.name, file, url: URL.createObjectURL(file), part: null }, unlike: false }]);
    },
    findPart: async (region) => {
      const { query, row } = store.getState().similar;
      const [example] = query;
      const of = example && 'outside' in example ? (example.outside.part?.of ?? example.outside) : row;
      try {
        if (of !== null) search([{ outside: await partOf(parts.pictures, of, region), unlike: false }]);
      } catch (cause) {
        tellCause(store, cause);
      }
    },
    searchBefore: () => globalThis.window?.history.back(),
  };
}

/** Shows the query of a step of the browser's history. */
export const followQueries =
  (parts: Parts): Parameters<typeof followAddress>[1] =>
  (step, row) => {
    const state = parts.store.getState();
    const { similar } = state;
    const dataset = currentDataset(state);
    const past = step && similar.past[step.query];
    const known = row !== null && row < (dataset?.count ?? 0) && !dataset?.removed?.includes(row) ? likeRow(row) : [];
    const query = past && past.dataset === dataset?.id ? past.query : known;
    const same = query === similar.query || (query.length === 0 && similar.query.length === 0);
    if (!same) show(parts, query, { depth: step?.depth ?? 0 });
    else patch(parts.store, 'similar', { depth: step?.depth ?? 0 });
  };
