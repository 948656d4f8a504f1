import type { Dataset, DatasetChange, Refusal } from '../core/records';
import type { SourceFolder } from '../core/source_folder';

// What the page and the importing thread say to each other.

/** A file with the path it had in the dropped folder. */
export interface NamedFile {
  path: string;
  file: File;
}

/** What the page asks of the importing thread. */
export interface ImporterCalls {
  /**
   * Opens a new data set, or with `into` one that is there, whose files are folded by content, and takes in what the commands
   * give, until they say that it is all. What is in stays, whatever ends it.
   */
  import(request: { name: string; into?: string; side?: number }, progress: ImportNews): Imported;
  /** Changes what the user says of a data set. */
  change(request: { dataset: string; values: DatasetChange }): void;
  /** Hides pictures of a data set, or shows them again; answers with all rows that are set aside then. */
  'set-aside'(request: { dataset: string; rows: readonly number[]; aside: boolean }): readonly number[];
  /** Removes pictures for good; answers with the data set as it is then. */
  'remove-pictures'(request: { dataset: string; rows: readonly number[] }): Dataset;
  delete(request: { dataset: string }): void;
  /** A data set with all that is stored of it, as one file. `progress`: the share that is done, here and below. */
  'back-up'(request: { dataset: string }, progress: number): Blob;
  /** Stores what such a file holds. */
  restore(request: { file: Blob }, progress: number): Dataset;
}

/** Of the import under way. */
export type ImporterCommand =
  /** More files, in walking order. */
  | { type: 'files'; files: NamedFile[] }
  /** A whole folder to be walked here. */
  | ({ type: 'folder' } & SourceFolder)
  /** No more files will come. */
  | { type: 'end' }
  /** Ends it now. */
  | { type: 'cancel' };

export type ImportNews =
  /** The data set was made, or opened again. */
  | { opened: Dataset }
  /** At most five a second; rows up to `taken` can be read from the database. */
  | { progress: ImportProgress }
  | { refused: Refusal[] };

export interface ImportProgress {
  dataset: string;
  /** Files seen by the walk so far, and whether the walk has ended. */
  found: number;
  walked: boolean;
  taken: number;
  duplicates: number;
  refused: number;
  /** Files per second over the last seconds. */
  rate: number;
}

export interface Imported {
  /** As it is stored then: `complete`, or left incomplete by a cancel. */
  dataset: Dataset;
  /** A CSV file that lay beside the pictures. */
  labels: File | null;
}
