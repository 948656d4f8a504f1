import { currentDataset, type State } from '../store/store';
import type { Parts } from './parts';

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

/** What a user chose to test a data set by at an earlier visit. */
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
