import { searchedNow } from '../../app/encoders/searchOrder';
import type { Parts } from '../../app/session/parts';
import { embeddedQuery } from '../../app/session/queryVectors';
import type { ExploreActions } from '../../app/store/exploreActions';
import { patch } from '../../app/store/store';
import type { Searched } from '../../protocol/searching';

/** Looks at all pictures at once by the encoder in use, as the data set is searched. */
export function exploreActions(parts: Parts): ExploreActions {
  const { store } = parts;
  const { searcher } = parts.threads;
  const asked = async <T>(ask: (searched: Searched) => Promise<T>): Promise<T | null> => {
    const searched = searchedNow(store.getState());
    return searched && ask(searched);
  };
  /** [count] */
  const labelsOf = (column: string): (string | null)[] => {
    const { values = [] } = store.getState().browse.columns.find(({ name }) => name === column) ?? {};
    return values.map((value) => (value === null ? null : String(value)));
  };
  return {
    duplicates: (signal, onProgress) =>
      asked((of) => searcher.call({ type: 'duplicates', ...of }, { signal, onProgress })),
    mislabelled: (column, signal, onProgress) =>
      asked((of) => searcher.call({ type: 'mislabelled', ...of, labels: labelsOf(column) }, { signal, onProgress })),
    suggest: (column, signal) =>
      asked((of) => searcher.call({ type: 'suggest', ...of, labels: labelsOf(column) }, { signal })),
    diverse: (count, signal) => asked((of) => searcher.call({ type: 'diverse', ...of, count }, { signal })),
    clusters: (count, signal, onProgress) =>
      asked((of) => searcher.call({ type: 'clusters', ...of, count }, { signal, onProgress })),
    list: (rows) => patch(store, 'browse', { listed: rows }),
    unusual: (signal, onProgress) =>
      asked((of) => searcher.call({ type: 'scores', ...of, of: null }, { signal, onProgress })),
    similarities: (signal) =>
      asked(async (of) => {
        const { query } = store.getState().similar;
        if (query.length === 0) return null;
        const vectors = await embeddedQuery(parts, of.encoder, query, signal);
        return searcher.call({ type: 'scores', ...of, of: vectors }, { signal });
      }),
    map: (signal, onProgress) => asked((of) => searcher.call({ type: 'map', ...of }, { signal, onProgress })),
  };
}
