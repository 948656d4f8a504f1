import type { ComparisonTable } from '../core/comparison/table';
import type { SearchEvaluation } from '../core/encoders/search_evaluation';
import type { LabelColumn } from '../core/labels/column';
import type { SearchView } from '../core/search_view';
import type { Predictions } from '../core/test_result';

/** All stored columns of a data set, and what was done to them, in words. */
export interface ChangedLabels {
  columns: LabelColumn[];
  message: string;
}

/**
 * What the page asks of the evaluating thread. Embeddings are named by a run's id or a baseline's name, label columns by
 * their names, 'folder' for what folders say.
 */
export interface EvaluatorCalls {
  'take-labels'(request: { dataset: string; file: File }): ChangedLabels;
  /** Gives each picture a label of a column, which is made if it is not there and goes with its last label; null takes it away. */
  'give-labels'(request: {
    dataset: string;
    column: string;
    rows: readonly number[];
    labels: readonly (string | null)[];
  }): Pick<ChangedLabels, 'columns'>;
  'drop-labels'(request: { dataset: string; column: string }): ChangedLabels;
  /** Evaluates embeddings by a label column, except those that are evaluated already. What is found before an abort stays. */
  test(
    request: { dataset: string; column: string; groups: string | null; of: string[] },
    progress: { message: string; progress: number },
  ): void;
  /** Puts side by side what is known of embeddings. */
  compare(request: { dataset: string; of: string[]; columns: string[]; groups: string | null }): ComparisonTable;
  /** Evaluates the encoders of a data set by this view, and how they differ from the one in use. */
  'evaluate-search'(request: { dataset: string; view: SearchView; beside: string | null }): SearchEvaluation;
  /** The pictures behind an evaluation; null: there is none. */
  outcome(request: { dataset: string; column: string; of: string }): Predictions | null;
  /** Ends what is asked of a data set that is being deleted. `kept`: it stays after all. */
  forget(request: { dataset: string; kept: boolean }): void;
}
