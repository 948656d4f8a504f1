import { Originals } from '../app/pictures/originals';
import { Thumbnails } from '../app/pictures/thumbnails';
import { evaluatorLost } from '../app/session/evaluating';
import { readExpert, setExpert } from '../app/session/expert';
import { followSetAside } from '../app/session/followSetAside';
import type { Memory, Parts } from '../app/session/parts';
import { followAddress, goTo, type Screen } from '../app/session/route';
import { withPreset } from '../app/session/settings';
import { askBaseline, embedsAtOnce, settleSettings } from '../app/session/showing';
import { readTheme, setTheme } from '../app/session/theme';
import { update } from '../app/session/update';
import type { Actions } from '../app/store/actions';
import { announce, dismiss, leftOut, tell, tellCause } from '../app/store/faults';
import type { Lookalike } from '../app/store/hooks';
import type { Theme } from '../app/store/slices';
import { createLookalikeStore, currentDataset, patch } from '../app/store/store';
import { guardLeaving } from '../app/threads/leaving';
import { TrainerLockHolder } from '../app/threads/lock';
import { Newest } from '../app/threads/newest';
import { Pending } from '../app/threads/pending';
import { databaseReads } from '../app/threads/reads';
import { Recovery } from '../app/threads/recovery';
import { openTabs } from '../app/threads/tabs';
import { startThreads } from '../app/threads/threads';
import { trainerLost } from '../app/training/trainerLost';
import type { BackendChoice, Preset, RecipeName, RunConfig } from '../core/config';
import { planActions, rememberPlan } from '../features/compare/planning';
import { testActions } from '../features/compare/testing';
import { blindTestActions } from '../features/encoders/blind_test/actions';
import { encoderActions } from '../features/encoders/encoders';
import { pretrainedActions } from '../features/encoders/pretrained';
import { exploreActions } from '../features/explore/actions';
import { editActions } from '../features/labels/edits';
import { labelActions } from '../features/labels/labelling';
import { interpretationActions } from '../features/labs/interpretation';
import { backupActions } from '../features/pictures/backup';
import { importerLost } from '../features/pictures/importing';
import { libraryActions } from '../features/pictures/library';
import { rescanActions } from '../features/pictures/rescan';
import { takeAwayActions } from '../features/pictures/takeaway/takeAway';
import { viewerActions } from '../features/pictures/viewer/viewing';
import { searchActions, searcherLost } from '../features/search/actions';
import { browseActions, followBrowsing } from '../features/search/browse/browsing';
import { followQueries, queryActions } from '../features/search/queries';
import { BACKEND, trainingActions } from '../features/training/training';
import { onOtherTab } from './onOtherTab';
import { onTrainerMessage } from './onTrainerMessage';

/** Joins store and threads: what threads say goes into the store, what actions want goes to the threads. */
export function connect(parts: Parts): Actions {
  const { store, threads, pictures } = parts;
  const labels = labelActions(parts);
  threads.trainer.listen((message) => onTrainerMessage(parts, message));
  threads.onCrash((name, message) => {
    if (name === 'trainer') trainerLost(parts, `The training thread ended: ${message}`);
    else if (name === 'importer') importerLost(parts, message);
    else if (name === 'evaluator') evaluatorLost(parts, message);
    else searcherLost(parts, message);
  });
  store.subscribe((state) => {
    const dataset = currentDataset(state);
    pictures.show(dataset?.id ?? null, dataset?.count ?? 0);
  });
  parts.tabs.listen((change) => onOtherTab(parts, change));
  followBrowsing(parts);
  followSetAside(parts);
  const training = trainingActions(parts);
  const library = libraryActions(parts, labels.takeLabels);
  const tests = testActions(parts);
  const actions = {
    ...library,
    ...rescanActions(parts, library.importFiles),
    ...backupActions(parts),
    ...viewerActions(parts),
    ...takeAwayActions(parts),
    ...training,
    ...encoderActions(parts, training),
    ...searchActions(parts),
    ...queryActions(parts),
    ...exploreActions(parts),
    ...browseActions(parts),
    ...interpretationActions(parts),
    ...pretrainedActions(parts),
    ...labels,
    ...editActions(parts),
    ...tests,
    ...blindTestActions(parts, tests),
    configure: (values: Partial<RunConfig>) => {
      const edited = Object.entries({ ...store.getState().settings.edited, ...values });
      settleSettings(store, Object.fromEntries(edited.filter(([, value]) => value !== undefined)));
    },
    openAdvanced: (open: boolean) => store.setState({ advanced: open }),
    usePreset: (preset: Preset) => settleSettings(store, withPreset(store.getState().settings.edited, preset)),
    useRecipe: (recipe: RecipeName) => {
      const { augmentation: _, ...kept } = store.getState().settings.edited;
      settleSettings(store, { ...kept, recipe });
    },
    resetSettings: () => settleSettings(store, {}),
    setTheme: (theme: Theme) => setTheme(parts, theme),
    goTo: (screen: Screen) => goTo(store, screen),
    setExpert: (on: boolean) => {
      setExpert(parts, on);
      askBaseline(parts);
    },
    dismissFault: (id: number) => dismiss(store, id),
    dismissNote: () => announce(store, ''),
    update: () => update(store, training.pause),
  };
  const plans = planActions(parts, actions);
  rememberPlan(parts, plans.goOn);
  return { ...actions, ...plans };
}

/** Everything behind the page, in a browser. */
export function createLookalike(): Lookalike {
  const memory = siteMemory();
  const store = createLookalikeStore();
  const reads = databaseReads((what) => tell(store, leftOut(what)));
  const parts: Parts = {
    store,
    pictures: new Thumbnails(reads.images),
    originals: new Originals(reads.folders),
    threads: startThreads(),
    tabs: openTabs(),
    reads,
    lock: new TrainerLockHolder(navigator.locks),
    recovery: new Recovery(),
    memory,
    pending: new Pending(),
    newest: new Newest(),
  };
  const { pictures, originals } = parts;
  patch(store, 'device', readBackend(memory));
  store.setState({ theme: readTheme(parts), expert: readExpert(parts), embedsAtOnce: embedsAtOnce(memory) });
  guardLeaving(parts);
  const actions = connect(parts);
  followAddress(store, followQueries(parts));
  return { store, pictures, originals, actions, tellCause: (cause) => tellCause(store, cause) };
}

/** localStorage, or nothing where the browser forbids it: only conveniences are kept there. */
function siteMemory(): Memory {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}

function readBackend(memory: Memory): { choice: BackendChoice; allowSoftware: boolean } {
  const choices: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm', 'webgl', 'cpu'];
  try {
    const { choice, allowSoftware } = JSON.parse(memory.getItem(BACKEND) ?? '');
    if (choices.includes(choice)) return { choice, allowSoftware: allowSoftware === true };
  } catch {
    // Nothing stored, or not ours.
  }
  return { choice: 'auto', allowSoftware: false };
}
