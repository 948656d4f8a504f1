import type { ComparisonTable } from '../../core/comparison/table';
import type { BackendChoice, Preset, RecipeName, RunConfig, StartFile } from '../../core/config';
import type { Budget, Planned } from '../../core/plan';
import type { PretrainedName } from '../../core/pretrained';
import type { WalkRequest } from '../../core/reconstructions';
import type { History, Run, WeightsFile } from '../../core/records';
import type { Representation } from '../../core/representation';
import type { SearchView } from '../../core/search_view';
import type { LogoShape, Subject } from '../../core/sensitivity';
import type { SourceFolder } from '../../core/source_folder';
import type { Predictions } from '../../core/test_result';
import type { Usage } from '../../core/usage';
import type { ExportOptions } from '../../protocol/exporting';
import type { NamedFile } from '../../protocol/importing';
import type { InterpretationKind } from '../../protocol/interpretation';
import type { SearchResult } from '../../protocol/searching';
import type { Region } from '../../widgets/RegionPicture';
import type { Screen } from '../session/route';
import type { ExploreActions } from './exploreActions';
import type { LabelActions } from './labelActions';
import type { PictureActions } from './pictureActions';
import type { BrowseSlice, ChosenLabel, QueryExample, Theme } from './slices';

/** What was given, ready for the importer: folders it walks itself, and files found here. */
export interface Gathered {
  /** For the data set: the folder's name, or that of what was given. */
  name: string;
  /** A folder gave the name. */
  named: boolean;
  folders: SourceFolder[];
  files: AsyncIterable<NamedFile>;
  only: File | null;
}

/** What a user can give: the result of an input, of a folder picker, of a drop, or files with their paths. */
export type FileSource =
  | FileList
  | File[]
  | NamedFile[]
  | FileSystemHandle
  | FileSystemHandle[]
  | DataTransfer
  | Gathered;

/** Everything the page can be asked to do. Faults appear in `State.faults`; promises reject for bugs and where said. */
export interface Actions extends ExploreActions, LabelActions, PictureActions {
  /** Reads the database, shows the data set of the last visit, chooses the device. Called once, by main. */
  openLibrary(): Promise<void>;
  /**
   * Imports into a new data set, or into the one of the same name whose import was cut off. Must be called in the drop
   * event itself: a DataTransfer is empty after the first await. Resolves when the import has ended.
   * @param into id of a data set that the pictures are added to
   */
  importFiles(source: FileSource, options?: { name?: string; into?: string; side?: number }): Promise<void>;
  /** Imports the app's own pictures, or shows them if they are there. */
  importSample(): Promise<void>;
  /** What is in stays in. */
  cancelImport(): void;
  selectDataset(id: string): Promise<void>;
  renameDataset(id: string, name: string): void;
  /** With its runs and embeddings. Resolves when it is gone. */
  deleteDataset(id: string): Promise<void>;
  /** Has the browser save a collection, with all that is stored of it, as one file. */
  backUp(id: string): Promise<void>;
  /** Puts back a collection out of such a file, and shows it. */
  openBackup(file: Blob): Promise<void>;
  /** Ends what one of these is doing. */
  cancelCopy(): void;
  /** What lies in the browser besides pictures. Rejects with a Fault. */
  usage(): Promise<Usage>;

  /** Sets values of the next run. Values that were not set by hand, or are undefined, follow (the queue its batch, say). */
  configure(values: Partial<RunConfig>): void;
  /** Shows the settings that few users need, or hides them. */
  openAdvanced(open: boolean): void;
  usePreset(preset: Preset): void;
  useRecipe(recipe: RecipeName): void;
  /** Back to the values chosen from the pictures and the device. */
  resetSettings(): void;
  /** Chooses and tests the device. Not while training. */
  chooseBackend(choice: BackendChoice, allowSoftware?: boolean): void;

  /** Starts a run with the settings on the page. Resolves when the trainer has been asked, or a fault shown. */
  start(): Promise<void>;
  pause(): void;
  /** Goes on with the paused run, or takes up the unfinished one. */
  resume(): Promise<void>;
  /** Ends the run at this step: it is saved, and evaluated. */
  stop(): void;
  /** Ends a run that is stopped without its evaluation. */
  skipEvaluation(): void;
  /** Goes on with a finished or stopped run for this many more steps. */
  extend(steps: number): Promise<void>;
  /** Ends an open-ended run well: the rate falls to zero over the last 15 %. */
  coolDown(): void;
  /** Puts away the offer to resume; the run stays stored. */
  declineResume(): void;
  showViews(on: boolean): void;
  /** Looks at what the autoencoder on the page gives back, and for a VAE walks from a picture along a dimension. */
  reconstruct(request?: WalkRequest): void;

  /**
   * Has the pictures embedded and measured by a network that comes with the page. Not while training.
   * @param how without `views` only by what the embeddings themselves tell, in a third of the time
   */
  addPretrained(name: PretrainedName, how?: { views: boolean }): void;
  /** The same with a kept file of weights. `side`: pixels of the views it sees, else those it was trained on, where the file says so, else the largest. */
  addFrozen(weights: StartFile, how?: { views: boolean; side?: number }): void;
  /** Ends such embeddings; what was embedded stays. */
  stopPretrained(): void;
  /** Ends the embedding that begins by itself as soon as there are pictures; it does not begin again by itself. */
  stopEmbedding(): void;
  /** Whether that embedding begins by itself at all, for any data set of this site; kept for later visits. */
  embedAtOnce(on: boolean): void;
  /** Takes in a file of weights, and has the next run start from it. */
  takeWeights(file: File): Promise<void>;
  /** The next run starts from a kept file of weights, with its backbone; null: from random weights. */
  startFrom(weights: WeightsFile | PretrainedName | null): void;

  /** Pins a picture as probe, or unpins it. Six are shown; unpinned places are filled by the trainer. */
  pinProbe(row: number): void;
  /** Looks for the like of a picture; null closes. */
  select(row: number | null): void;
  /** Searches by examples, positive and negative. Each query is a step of the browser's history; none closes. */
  search(query: readonly QueryExample[]): void;
  /** Adds a picture to the query, of which more is sought, or less; as the first it begins one. */
  addExample(row: number, unlike: boolean): void;
  /** Searches for the like of a picture that is not in the data set; it is embedded and not added. */
  findLike(file: File): Promise<void>;
  /** Searches for the like of a part of the picture that is shown large. */
  findPart(region: Region): Promise<void>;
  /** Back to the query before, by the browser's history. */
  searchBefore(): void;
  /** Changes which pictures are shown, and in what order. */
  browse(change: Partial<Pick<BrowseSlice, 'mode' | 'tidy' | 'words' | 'chosen' | 'aside' | 'sort'>>): void;
  /** Shows the pictures with this label too, or no longer. */
  toggleLabel(label: ChosenLabel): void;
  setNeighbourCount(count: number): void;
  /** Sets switches of how the data set is searched; they are kept with it. */
  searchBy(view: Partial<SearchView>): void;
  /** This encoder answers from now on, also at later visits. */
  searchWith(encoder: string): void;
  /** Shows a stored run's charts, measures and probes. Not while training. */
  showEncoder(run: string): Promise<void>;
  /** Goes on with a stored run that has ended for this many more steps. */
  extendEncoder(run: string, steps: number): Promise<void>;
  /**
   * Files of an encoder: of a run as `exportRun`, of another its embeddings and the list of pictures. Rejects with a Fault.
   * @param options.transformers the folder that transformers.js loads instead
   */
  exportEncoder(encoder: string, options?: { transformers: boolean }): Promise<Record<string, Uint8Array>>;
  /** The next run starts from a run's weights, as of its newest checkpoint. */
  startFromRun(run: string): Promise<void>;
  renameEncoder(run: string, name: string): void;
  /** Chooses an encoder to be compared side by side with others, or gives it up. Of too many the newest stay. */
  chooseToCompare(encoder: string, chosen: boolean): void;
  /**
   * A run with everything stored of it, or what is stored of another encoder here, with its file of weights where no other
   * data set has a use for it. Not the run under way.
   */
  deleteEncoder(encoder: string): void;
  /** Keeps the encoder in use: the run that ended is one more in the list. */
  settleVerdict(): void;

  /** Opens the blind test, of these two encoders or of two that the user chooses. */
  openBlindTest(pair?: readonly [string, string]): void;
  /** Asks: goes on with what was answered of these two, ten more if that is over, or begins anew. */
  beginBlindTest(pair: readonly [string, string], how: 'on' | 'more' | 'anew'): void;
  /** Row 1 or row 2 of the question on the page is better; null: both are as good. */
  answerBlindTest(better: 1 | 2 | null): void;
  /** Takes the last answer back. */
  undoBlindTest(): void;
  /** Leaves the test; what is answered stays. */
  closeBlindTest(): void;

  /** Chooses the label column to test by, or the column of groups to keep together. */
  chooseLabels(choice: { column?: string; groups?: string | null }): void;
  /** Evaluates runs and baselines by a label column, the chosen one by itself. Resolves when that has ended. */
  runTests(of: readonly string[], columns?: readonly string[]): Promise<void>;
  cancelTests(): void;
  /**
   * What is known of runs and baselines by these label columns, side by side. Rejects with a Fault.
   */
  compare(of: readonly string[], columns: readonly string[], signal?: AbortSignal): Promise<ComparisonTable>;
  /** The pictures behind a test result. Null: it was not tested. Rejects with a Fault. */
  outcome(column: string, of: string): Promise<Predictions | null>;
  /**
   * The like of a picture, or of a query, in the embeddings of one encoder, as the data set is searched or by another view. Null:
   * there are none. Rejects with a Fault.
   */
  neighboursIn(
    encoder: string,
    of: number | readonly QueryExample[],
    count: number,
    view?: SearchView,
    signal?: AbortSignal,
  ): Promise<SearchResult | null>;
  /** Runs of the data set on the page that have come to an end, oldest first. */
  comparableRuns(): Promise<Run[]>;
  historyOf(run: string): Promise<History | null>;
  /** Trains methods one after the other with the same budget, then evaluates them. Resolves when that has ended. */
  runAll(planned: readonly Planned[], budget: Budget): Promise<void>;
  /** Goes on with methods that are left of an earlier visit. */
  goOn(): Promise<void>;
  /** Gives up the methods that are left, and stops the run under way. */
  cancelAll(): void;

  /** Lists the stored runs of the data set. */
  listRuns(): Promise<void>;
  /** Tries how far small changes of the pictures move each of these embeddings. `logo`: a bundled one, or a picture file. */
  trySensitivity(subjects: Subject[], logo: LogoShape | File): void;
  /** Shows why a neighbour is similar to the chosen picture. */
  askWhy(neighbour: number): void;
  /** Makes this the embedding of the run on the page; null: the pooled backbone again. */
  represent(representation: Representation | null): void;
  /** Reads every dimension of the newest embedding. */
  interpretDimensions(): void;
  /** Shows where a dimension fires in these pictures. */
  askFiring(dimension: number, rows: number[]): void;
  /** Ends the looks of this kind into embeddings, under way or waiting. */
  stopInterpreting(kind: InterpretationKind): void;

  /** Forgets which kernels are the fastest on this device: the next run measures them. */
  measureKernelsAnew(): Promise<void>;

  /** File name -> bytes. Rejects with a Fault. */
  exportRun(run: string, options?: ExportOptions): Promise<Record<string, Uint8Array>>;

  setTheme(theme: Theme): void;
  goTo(screen: Screen): void;
  /** Shows the tools that few users need, or hides them; kept for later visits. */
  setExpert(on: boolean): void;
  dismissFault(id: number): void;
  dismissNote(): void;
  /** Loads the new version that waits; a run is paused before, and can be resumed after. */
  update(): Promise<void>;
}
