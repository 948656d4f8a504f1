import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RecipeName } from '../../core/config';
import type { Performance } from '../../core/performance';
import type { Plan } from '../../core/plan';
import type { Dataset, WeightsFile } from '../../core/records';
import { SEARCH_VIEW, type SearchView } from '../../core/search_view';
import type { Screen } from '../session/route';
import { isUnderWay, next, type SessionEvent } from '../training/session';
import type { LabelsSlice } from './labelsSlice';
import type {
  BackgroundSlice,
  BlindTestSlice,
  BrowseSlice,
  DeviceSlice,
  EncodersSlice,
  InterpretationSlice,
  LibrarySlice,
  MeasuresSlice,
  Notice,
  ProbesSlice,
  ReconstructionsSlice,
  SettingsSlice,
  SimilarSlice,
  TestsSlice,
  Theme,
  TrainingSlice,
  ViewerSlice,
  ViewsSlice,
} from './slices';
import { StepReports } from './stepReports';

/** The column that labels given by hand go into, unless another is named. */
export const OWN_LABELS = 'my labels';

export interface State {
  library: LibrarySlice;
  device: DeviceSlice;
  training: TrainingSlice;
  background: BackgroundSlice | null;
  /** Pictures are embedded by the first encoder as soon as they are there. */
  embedsAtOnce: boolean;
  settings: SettingsSlice;
  /** The settings that few users need are shown. */
  advanced: boolean;
  measures: MeasuresSlice;
  probes: ProbesSlice;
  views: ViewsSlice;
  reconstructions: ReconstructionsSlice;
  /** What the steps of the run on the page cost; null until some are done. */
  performance: Performance | null;
  browse: BrowseSlice;
  similar: SimilarSlice;
  /** null: not opened. */
  viewer: ViewerSlice | null;
  encoders: EncodersSlice;
  /** null: not opened. */
  blindTest: BlindTestSlice | null;
  labels: LabelsSlice;
  tests: TestsSlice;
  screen: Screen;
  /** The tools that few users need are shown: the labs, and the papers' terms. */
  expert: boolean;
  /** Methods to be trained one after the other, until it is put away. */
  plan: Plan | null;
  /** The plan is being worked through. */
  planGoing: boolean;
  interpretation: InterpretationSlice;
  weights: readonly WeightsFile[];
  theme: Theme;
  /** A new version of the app waits to be loaded. */
  updateReady: boolean;
  /** Faults that were not dismissed, oldest first. */
  faults: Notice[];
  /** What came of something the user asked for; '' for nothing. */
  note: string;
}

export interface Store extends StoreApi<State> {
  /** Step columns of the run on the page, outside the state. */
  readonly stepReports: StepReports;
}

export const emptyTraining: TrainingSlice = {
  run: null,
  phase: 'starting',
  message: '',
  progress: null,
  saved: null,
  session: { is: 'idle' },
};

export const emptyEncoders: EncodersSlice = {
  runs: [],
  embedded: new Map(),
  bytes: new Map(),
  versions: '',
  evaluation: null,
  before: null,
  evaluating: false,
  compared: [],
};

export const emptyInterpretation: InterpretationSlice = {
  asked: [],
  runs: [],
  sensitivity: null,
  why: null,
  representation: null,
  dimensions: null,
  firing: null,
};

export const emptyLabels: LabelsSlice = {
  columns: [],
  message: '',
  busy: false,
  into: OWN_LABELS,
  picking: null,
  past: [],
  future: [],
};

export const emptyBrowse: BrowseSlice = {
  mode: 'pictures',
  tidy: 'duplicates',
  names: [],
  columns: [],
  words: '',
  chosen: [],
  aside: false,
  sort: 'imported',
  scores: null,
  rows: null,
  listed: null,
};

/** Nothing is searched for. */
export const noQuery: Pick<SimilarSlice, 'query' | 'row' | 'depth' | 'result' | 'searching' | 'grouping' | 'failed'> = {
  query: [],
  row: null,
  depth: 0,
  result: null,
  searching: false,
  grouping: 0,
  failed: false,
};

const empty: State = {
  library: { ready: false, datasets: [], current: null, importing: null, refusals: [], evicted: false, copying: null },
  device: { report: null, choice: 'auto', allowSoftware: false },
  training: emptyTraining,
  background: null,
  embedsAtOnce: true,
  settings: { config: null, edited: {}, reasons: {}, problems: [] },
  advanced: false,
  measures: { evaluations: [], baselines: [], asked: [] },
  probes: { history: [] },
  views: { on: false, latest: null },
  reconstructions: { latest: null, asked: false },
  performance: null,
  browse: emptyBrowse,
  similar: { ...noQuery, past: [], count: 24 },
  viewer: null,
  encoders: emptyEncoders,
  blindTest: null,
  labels: emptyLabels,
  tests: { column: null, groups: null, testing: null, version: 0 },
  screen: 'explore',
  expert: false,
  plan: null,
  planGoing: false,
  interpretation: emptyInterpretation,
  weights: [],
  theme: 'system',
  updateReady: false,
  faults: [],
  note: '',
};

export function createLookalikeStore(): Store {
  return Object.assign(
    createStore<State>()(() => empty),
    { stepReports: new StepReports() },
  );
}

/** Replaces some fields of one slice. */
export function patch<
  S extends
    | 'library'
    | 'device'
    | 'training'
    | 'settings'
    | 'measures'
    | 'views'
    | 'reconstructions'
    | 'browse'
    | 'similar'
    | 'encoders'
    | 'labels'
    | 'tests'
    | 'interpretation',
>(store: Store, slice: S, fields: Partial<State[S]>): void {
  store.setState((state) => ({ [slice]: { ...state[slice], ...fields } }) as Partial<State>);
}

/** The data set on the page. */
export const currentDataset = (state: State): Dataset | null =>
  state.library.datasets.find(({ id }) => id === state.library.current) ?? null;

/** How the data set on the page is searched. */
export const searchView = (state: State): SearchView => currentDataset(state)?.searchView ?? SEARCH_VIEW;

/** What the views that evaluate embeddings are drawn by: the recipe of the run on the page, or of the next one. */
export const shownRecipe = ({ training, settings }: State): RecipeName =>
  (training.run?.config ?? settings.config)?.recipe ?? 'natural';

/** Something happened to training in this tab. */
export const dispatch = (store: Store, event: SessionEvent): void =>
  patch(store, 'training', { session: next(store.getState().training.session, event) });

/** A run is under way in this tab, paused or not: settings and data set are fixed. */
export const runUnderWay = ({ training }: State): boolean => isUnderWay(training.session);

/** The run under way is not paused: leaving the page is warned about. */
export const isTraining = (state: State): boolean => runUnderWay(state) && state.training.session.is !== 'paused';
