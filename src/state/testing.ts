import type { ComparisonTable } from '../core/comparison/table';
import { isComparable } from '../core/ended';
import type { Outcome } from '../core/judgement';
import type { Neighbours } from '../protocol/searching';
import type { Actions } from './actions';
import type { Parts } from './parts';
import { currentDataset, patch, type State, searchView } from './store';

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

/** localStorage key of the labels a data set was tested by last. */
export const choiceKey = (dataset: string): string => `lookalike.tests.${dataset}`;

/** Names of the label columns of the data set on the page, what folders say first. */
export function labelNames(state: State): string[] {
  const folders = Object.keys(currentDataset(state)?.labels ?? {}).length > 0;
  return [...(folders ? ['folder'] : []), ...state.labels.columns.map(({ name }) => name)];
}

/** The column to test by: the chosen one while it is there, else the first. */
export function testedColumn(state: State): string | null {
  const names = labelNames(state);
  const { column } = state.tests;
  return column !== null && names.includes(column) ? column : (names[0] ?? null);
}

/** The column of groups, while it is there. */
export const testedGroups = (state: State): string | null =>
  state.tests.groups !== null && labelNames(state).includes(state.tests.groups) ? state.tests.groups : null;

/** What a person chose to test a data set by at an earlier visit. */
export function rememberedChoice(
  memory: Parts['memory'],
  dataset: string,
): { column: string | null; groups: string | null } {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  try {
    const { column, groups } = JSON.parse(memory.getItem(choiceKey(dataset)) ?? '');
    return { column: text(column), groups: text(groups) };
  } catch {
    return { column: null, groups: null }; // Nothing stored, or not ours.
  }
}

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
