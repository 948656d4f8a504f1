import type { Parts } from '../../app/session/parts';
import { embeddedQuery } from '../../app/session/queryVectors';
import { choiceKey, testedColumn, testedGroups } from '../../app/session/testedLabels';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { patch, searchView } from '../../app/store/store';
import { isComparable } from '../../core/ended';
import { likeRow } from '../../core/query';

type TestActions = Pick<
  Actions,
  'chooseLabels' | 'runTests' | 'cancelTests' | 'compare' | 'outcome' | 'neighboursIn' | 'comparableRuns' | 'historyOf'
>;

export function testActions(parts: Parts): TestActions {
  const { store, threads, memory, newest, reads } = parts;
  const current = (): string => store.getState().library.current ?? '';
  return {
    chooseLabels: (choice) => {
      patch(store, 'tests', choice);
      const { column, groups } = store.getState().tests;
      memory.setItem(choiceKey(current()), JSON.stringify({ column, groups }));
    },
    runTests: async (of, wanted) => {
      const chosen = testedColumn(store.getState());
      const columns = wanted ?? (chosen === null ? [] : [chosen]);
      if (columns.length === 0) return;
      const signal = newest.begin('test');
      const groups = testedGroups(store.getState());
      patch(store, 'tests', { testing: { message: 'Getting ready', progress: 0 } });
      try {
        const dataset = current();
        for (const [i, column] of columns.entries())
          await threads.evaluator.call(
            { type: 'test', dataset, column, groups, of: [...of] },
            {
              signal,
              onProgress: ({ message, progress }) =>
                patch(store, 'tests', { testing: { message, progress: (i + progress) / columns.length } }),
            },
          );
      } catch (cause) {
        tellCause(store, cause);
      } finally {
        const { version, testing } = store.getState().tests;
        patch(store, 'tests', { version: version + 1, testing: newest.isNewest('test', signal) ? null : testing });
      }
    },
    cancelTests: () => newest.end('test'),
    compare: (of, columns, signal) => {
      const groups = testedGroups(store.getState());
      const asked = { dataset: current(), of: [...of], columns: [...columns], groups };
      return threads.evaluator.call({ type: 'compare', ...asked }, { signal });
    },
    outcome: (column, of) => threads.evaluator.call({ type: 'outcome', dataset: current(), column, of }),
    neighboursIn: async (encoder, of, count, view = searchView(store.getState()), signal) => {
      const query = typeof of === 'number' ? likeRow(of) : await embeddedQuery(parts, encoder, of, signal);
      return threads.searcher.call({ type: 'nearest', dataset: current(), encoder, query, count, view }, { signal });
    },
    comparableRuns: async () => (await reads.runs(current())).filter(isComparable).reverse(),
    historyOf: (run) => reads.history(run),
  };
}
