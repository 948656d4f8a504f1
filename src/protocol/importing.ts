import type { BlindTest } from '../core/blind_test';
import type { FaultReport } from '../core/fault';
import type { Dataset, Refusal } from '../core/records';
import type { SearchView } from '../core/search_view';

// What the page and the importing thread say to each other.

/** A file with the path it had in the dropped folder. */
export interface NamedFile {
  path: string;
  file: File;
}

export type ToImporter =
  /** Ports to decode workers, sent before anything else; again, with one port, to replace a lost one. */
  | { type: 'decoders'; ports: MessagePort[] }
  /** Opens a new data set, or with `into` one that is there: files already there are folded by content. */
  | { type: 'open'; name: string; into?: string; side?: number }
  /** More files of the open data set, in walking order. */
  | { type: 'files'; files: NamedFile[] }
  /** A whole folder to be walked here. `prefix`: what its paths begin with ('cats/' where several folders were given). */
  | { type: 'folder'; handle: FileSystemDirectoryHandle; prefix?: string }
  /** No more files will come. */
  | { type: 'end' }
  /** Stops; what is in stays. */
  | { type: 'cancel' }
  | { type: 'rename'; dataset: string; name: string }
  | { type: 'pin'; dataset: string; rows: number[] }
  | { type: 'search-view'; dataset: string; view: SearchView }
  /** The encoder that searches a data set from now on; null: the best that is there. */
  | { type: 'search-with'; dataset: string; encoder: string | null }
  /** All blind tests of a data set, as they are from now on. */
  | { type: 'blind-tests'; dataset: string; tests: readonly BlindTest[] }
  | { type: 'delete'; dataset: string };

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

export type FromImporter =
  /** At most ten a second; rows up to `taken` can be read from the database. */
  | { type: 'progress'; progress: ImportProgress }
  | { type: 'refused'; refusals: Refusal[] }
  /** A data set was opened, changed, or its import ended (`complete`, or left incomplete by a cancel). */
  | { type: 'dataset'; dataset: Dataset; ended: boolean }
  /** A CSV file lay beside the pictures, which are all stored by now. */
  | { type: 'labels'; dataset: string; file: File }
  | { type: 'deleted'; dataset: string }
  /** The decode worker behind port number `index` (counting all ports sent) hangs or died: end it, and send another port. */
  | { type: 'decoder-lost'; index: number }
  | { type: 'fault'; fault: FaultReport };
