import type { Parts } from '../../app/session/parts';
import { choiceKey, testedColumn, testedGroups } from '../../app/session/testedLabels';
import type { Actions } from '../../app/store/actions';
import { patch, searchView } from '../../app/store/store';
import type { ComparisonTable } from '../../core/comparison/table';
import { isComparable } from '../../core/ended';
import type { Outcome } from '../../core/judgement';
import type { Neighbours } from '../../protocol/searching';

type TestActions = Pick<
  Actions,
  | 'chooseLabels'
  | 'runTests'
  | 'cancelTests'
  | 'compare'
  | 'outcome'
  | 'neighboursIn'
  | 'comparableRuns'
  | 'historyOf'
  | 'showComparison'
>;

export function testActions(parts: Parts): TestActions {
  const { store, threads, memory, pending, reads } = parts;
  const current = (): string => store.getState().library.current ?? '';
  return {
    chooseLabels: (choice) => {
      patch(store, 'tests', choice);
      const { column, groups } = store.getState().tests;
      memory.setItem(choiceKey(current()), JSON.stringify({ column, groups }));
    },
    runTests: (of, wanted) => {
      const column = wanted ?? testedColumn(store.getState());
      if (column === null) return Promise.resolve();
      patch(store, 'tests', { testing: { message: 'Getting ready', progress: 0 } });
      const tested = new Promise<void>((resolve) => pending.tests.push(resolve));
      const groups = testedGroups(store.getState());
      threads.evaluator.send({ type: 'test', dataset: current(), column, groups, of: [...of] });
      return tested;
    },
    cancelTests: () => threads.evaluator.send({ type: 'cancel' }),
    compare: (of, columns) =>
      pending.questions.ask<ComparisonTable | null>((ticket) => {
        const groups = testedGroups(store.getState());
        threads.evaluator.send({
          type: 'compare',
          ticket,
          dataset: current(),
          of: [...of],
          columns: [...columns],
          groups,
        });
      }),
    outcome: (column, of) =>
      pending.questions.ask<Outcome | null>((ticket) =>
        threads.evaluator.send({ type: 'outcome', ticket, dataset: current(), column, of }),
      ),
    neighboursIn: (run, row, count, view = searchView(store.getState())) =>
      pending.searches.ask<Neighbours | null>((ticket) =>
        threads.searcher.send({ type: 'nearest', ticket, dataset: current(), run, row, count, view }),
      ),
    comparableRuns: async () => (await reads.runs(current())).filter(isComparable).reverse(),
    historyOf: (run) => reads.history(run),
    showComparison: (on) => store.setState({ comparing: on }),
  };
}
