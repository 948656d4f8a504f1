import type { BlindTest } from '../../core/blind_test';
import type { BackendChoice, ConfigProblem, RunConfig } from '../../core/config';
import type { SearchEvaluation } from '../../core/encoders/search_evaluation';
import type { FaultReport } from '../../core/fault';
import type { DimensionsReport, Firing, RepresentationReport, WhyAnswer } from '../../core/interpretation';
import type { LabelColumn } from '../../core/labels/column';
import type { PretrainedRun } from '../../core/pretrained';
import type { Reconstructions } from '../../core/reconstructions';
import type { Dataset, DeviceReport, Evaluation, ProbeRows, Refusal, Run } from '../../core/records';
import type { ImportProgress } from '../../protocol/importing';
import type { InterpretationKind, SensitivityFindings } from '../../protocol/interpretation';
import type { PictureName, SearchResult } from '../../protocol/searching';
import type { BackgroundKind, TrainerPhase, Views } from '../../protocol/training';
import type { Region } from '../../widgets/RegionPicture';
import type { Session } from '../training/session';

// What the page knows, slice by slice. Slices are replaced, never changed in place. Per-step numbers are not here:
// they go to `stepReports`, which charts read once a frame, so that no component renders once a step.

export interface LibrarySlice {
  /** False until the database has been read. */
  ready: boolean;
  /** Newest first. */
  datasets: Dataset[];
  /** Id of the data set on the page. */
  current: string | null;
  /** The import under way, or null. */
  importing: ImportProgress | null;
  /** Files of the current data set that were refused. */
  refusals: Refusal[];
  /** Pictures were here at an earlier visit and the browser has removed them. */
  evicted: boolean;
  /** A collection that is being backed up, or a back-up that is being opened, and how far. */
  copying: { words: string; share: number } | null;
}

export interface DeviceSlice {
  /** null until the trainer has chosen. */
  report: DeviceReport | null;
  choice: BackendChoice;
  allowSoftware: boolean;
}

export interface TrainingSlice {
  /** The run on the page: the one under way, or the newest of the current data set. */
  run: Run | null;
  phase: TrainerPhase;
  /** What the trainer does now, in words. */
  message: string;
  /** Share of that done, where it is known. */
  progress: number | null;
  saved: { step: number; at: number } | null;
  session: Session;
}

export interface SettingsSlice {
  /** Values of the next run; null while there are no pictures to choose them for. */
  config: RunConfig | null;
  /** Fields the user has set; the others follow the pictures and the device. */
  edited: Partial<RunConfig>;
  /** One sentence why, a field. */
  reasons: Partial<Record<keyof RunConfig, string>>;
  problems: ConfigProblem[];
}

export interface MeasuresSlice {
  /** Of the run on the page, in order of steps. */
  evaluations: Evaluation[];
  baselines: Evaluation[];
  /** Networks trained elsewhere that were asked for, of any data set, and whose embedding is not over yet. */
  asked: readonly PretrainedRun[];
}

export interface ProbesSlice {
  /** Nearest pictures of the probe pictures, in order of steps. */
  history: ProbeRows[];
}

export interface ViewsSlice {
  on: boolean;
  latest: Views | null;
}

export interface ReconstructionsSlice {
  /** Of the run on the page. */
  latest: Reconstructions | null;
  /** Others were asked for and are not there yet. */
  asked: boolean;
}

export interface ChosenLabel {
  column: string;
  name: string;
}

/** What the pictures are put in order by: `like` the query, `unusual` first, or the values of a label column. */
export type Sort = 'imported' | 'name' | 'bytes' | 'changed' | 'like' | 'unusual' | `label ${string}`;

/** How Explore shows the pictures: in a grid, on a map, or by what may be wrong with them. */
export type ExploreMode = 'pictures' | 'map' | 'tidy';

/** What is looked for among all pictures to tidy them up. */
export type TidyPart = 'clusters' | 'duplicates' | 'unusual' | 'mislabelled' | 'diverse' | 'suggest';

export interface BrowseSlice {
  mode: ExploreMode;
  tidy: TidyPart;
  /** Path and folder of each picture, by row; empty until they have been read. */
  names: readonly PictureName[];
  /** Label columns of the data set on the page, what folders say first. */
  columns: readonly LabelColumn[];
  /** Typed by the user: each of these words is in the path or in a label of the pictures shown. */
  words: string;
  /** The pictures shown have one of these labels of each column that is named. */
  chosen: readonly ChosenLabel[];
  /** The pictures shown are those set aside, else those that are not. */
  aside: boolean;
  sort: Sort;
  /** A number a row that `like` and `unusual` sort by, largest first; null until it is found. */
  scores: Float32Array | null;
  /** Rows shown, in order. Null: all, as imported. */
  rows: readonly number[] | null;
  /** Rows of another list that is shown in their place, in order; null: there is none. */
  listed: readonly number[] | null;
}

/** A picture that is searched for and is not in the data set, or a part of a picture. */
export interface OutsidePicture {
  name: string;
  file: Blob;
  /** Object URL of the file. */
  url: string;
  /** Where it was cut out: of a picture of the data set, by its row, or of another from outside. */
  part: { of: number | OutsidePicture; region: Region } | null;
}

/** What to find more of, or less of: pictures of the data set, which count as one, or one from outside. */
export type QueryExample = ({ rows: readonly number[] } | { outside: OutsidePicture }) & { unlike: boolean };

export interface SimilarSlice {
  /** What is searched for; empty: nothing. */
  query: readonly QueryExample[];
  /** The row of a query by one picture of the data set; null: there is none, or it is another. */
  row: number | null;
  /** Queries of this visit: a step of the browser's history names one by its place. */
  past: readonly { dataset: string; query: readonly QueryExample[] }[];
  /** Steps of the history back to where nothing is searched for; 0: that is not known. */
  depth: number;
  /** How many are shown. */
  count: number;
  /** For `query`, or still for the one before while `searching`. */
  result: SearchResult | null;
  searching: boolean;
  /** While searching: the share of all pictures that are grouped, which comes first; 0 where they are not. */
  grouping: number;
  /** The last search failed, which was told. */
  failed: boolean;
}

/** A picture that is shown in full size. */
export interface ViewerSlice {
  row: number;
  /** What arrow keys go along. */
  rows: readonly number[];
}

export interface EncodersSlice {
  /** Stored runs of the data set on the page with their newest evaluations, newest first. */
  runs: readonly { run: Run; evaluation: Evaluation | null }[];
  /** Encoder id -> step of its stored embeddings. */
  embedded: ReadonlyMap<string, number>;
  /** Encoder id -> bytes stored of it. */
  bytes: ReadonlyMap<string, number>;
  /** Of the embeddings of all pictures: changes with any of them. */
  versions: string;
  /** What they are worth for search; null until that is known. */
  evaluation: SearchEvaluation | null;
  /** They are being measured. */
  evaluating: boolean;
  /** The encoder that searched before another was chosen at this visit. */
  before: string | null;
  /** Chosen to be compared side by side, at most `MOST_COMPARED`, in the order of the choice. */
  compared: readonly string[];
}

/** A query with what each of two encoders finds for it, in the order of the test. */
export interface BlindQuestion {
  row: number;
  rows: readonly [readonly number[], readonly number[]];
}

export interface BlindTestSlice {
  /** The two encoders it was opened for, or null: the user chooses. */
  pair: readonly [string, string] | null;
  /** The test that is answered or was just over; null while the encoders are chosen. */
  test: BlindTest | null;
  /** Rows of the data set in the order they are asked about. */
  order: readonly number[];
  /** Those of this visit, also answered ones, and the next before it is shown. */
  questions: readonly BlindQuestion[];
  /** The next question is being looked for. */
  seeking: boolean;
  /** Why it did not go on, and what to do. */
  trouble: string | null;
}

export interface TestsSlice {
  /** Chosen to test by; null follows what there is. */
  column: string | null;
  /** Column of groups that are kept together, or null. */
  groups: string | null;
  /** The test under way. */
  testing: { message: string; progress: number } | null;
  /** Rises when labels or what was found by them have changed. */
  version: number;
}

export interface InterpretationSlice {
  /** What was asked for and is not answered yet. */
  asked: readonly InterpretationKind[];
  /** Stored runs of the data set, newest first, as listed last. */
  runs: readonly Run[];
  sensitivity: (SensitivityFindings & { dataset: string }) | null;
  why: WhyAnswer | null;
  /** What came of the representation chosen last. */
  representation: RepresentationReport | null;
  dimensions: DimensionsReport | null;
  firing: Firing | null;
}

/** What the trainer does while nothing is asked of it. */
export interface BackgroundSlice {
  dataset: string;
  kind: BackgroundKind;
  message: string;
  /** Share of it that is done, where it is known. */
  progress: number | null;
}

export type Theme = 'system' | 'light' | 'dark';

export interface Notice extends FaultReport {
  id: number;
}
