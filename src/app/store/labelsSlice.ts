import type { LabelColumn } from '../../core/labels/column';

/** A change made by hand, which can be undone. `words` say what it did. */
export type Edit = { rows: readonly number[]; words: string } & (
  | {
      of: 'labels';
      column: string;
      /** A label a row. */
      before: readonly (string | null)[];
      after: readonly (string | null)[];
    }
  | { of: 'aside'; aside: boolean }
);

export interface LabelsSlice {
  /** Stored columns of the data set on the page; what folders say is not among them. */
  columns: LabelColumn[];
  /** What was done to them last, in words. */
  message: string;
  /** A change was asked for and is not there yet. */
  busy: boolean;
  /** Column that labels given by hand go into. */
  into: string;
  /** Rows chosen to be given a label, the newest last; null while a click searches. */
  picking: readonly number[] | null;
  /** What was edited at this visit, the newest last, and what of it was undone. */
  past: readonly Edit[];
  future: readonly Edit[];
}
