import { untrainedOf } from '../../core/defaults';
import { hasEnded } from '../../core/ended';
import { FIRST_ENCODER } from '../../core/pretrained';
import type { Run } from '../../core/records';
import { dismissKinds, tellCause } from '../store/faults';
import {
  currentDataset,
  dispatch,
  emptyEncoders,
  emptyInterpretation,
  emptyLabels,
  emptyTraining,
  noQuery,
  patch,
  runUnderWay,
  type State,
  type Store,
} from '../store/store';
import { next } from '../training/session';
import { readEncoders } from './encoderList';
import { addressOf } from './networks';
import type { Parts } from './parts';
import { comparedAt } from './route';
import { settle } from './settings';
import { rememberedChoice } from './testedLabels';
import { whoseIs } from './whose';

/** localStorage key of the data set of the last visit. */
export const CURRENT = 'lookalike.dataset';

/** Puts a data set on the page: its refused files, its newest run with its past, and the settings of a next run. */
export async function showDataset(parts: Parts, id: string): Promise<void> {
  const { store, reads, memory } = parts;
  patch(store, 'library', { current: id, refusals: [] });
  memory.setItem(CURRENT, id);
  clearRun(store);
  parts.pending.evaluation = '';
  parts.pending.baseline = ''; // with the measures of what was shown before it has left the page
  settleSettings(store, {});
  patch(store, 'tests', rememberedChoice(memory, id));
  try {
    const columns = await reads.labels(id);
    if (store.getState().library.current !== id) return;
    patch(store, 'labels', { columns });
    const refusals = await reads.refusals(id);
    if (store.getState().library.current !== id) return;
    // While its import goes on, newer refusals may have come: the longer list is the newer.
    if (refusals.length > store.getState().library.refusals.length) patch(store, 'library', { refusals });
    await showNewestRun(parts, id);
  } catch (cause) {
    tellCause(store, cause);
  }
  void readEncoders(parts);
  askBaseline(parts);
}

/** Forgets the run on the page; what the trainer does and who holds the lock stays true. */
export function clearRun(store: Store): void {
  const { training, similar, measures } = store.getState();
  const { phase, message, progress } = training;
  const session = next(training.session, { type: 'shown', run: null });
  store.setState({
    training: { ...emptyTraining, phase, message: phase === 'idle' ? '' : message, progress, session },
    measures: { evaluations: [], baselines: [], asked: measures.asked },
    probes: { history: [] },
    views: { on: false, latest: null },
    reconstructions: { latest: null, asked: false },
    performance: null,
    labels: emptyLabels,
    similar: { ...similar, ...noQuery },
    viewer: null,
    encoders: { ...emptyEncoders, compared: comparedAt(globalThis.window?.location.hash ?? '') },
    blindTest: null,
    interpretation: emptyInterpretation,
  });
  store.stepReports.clear();
}

/** Puts away whatever is open, and the data set on the page unless a run is under way on it. */
export function resetView(store: Store): void {
  const { similar, labels } = store.getState();
  store.setState({
    similar: { ...similar, ...noQuery },
    labels: { ...labels, picking: null },
  });
  if (runUnderWay(store.getState())) return;
  clearRun(store);
  patch(store, 'library', { current: null });
}

/** Shows the newest run of the data set; offers to resume it if it was cut off and no other tab has it. */
export async function showNewestRun(parts: Parts, dataset: string, takeover = false): Promise<void> {
  const { store, reads, lock } = parts;
  const [run = null] = await reads.runs(dataset);
  const elsewhere = run !== null && !hasEnded(run) && (await lock.elsewhere());
  const state = store.getState();
  if (state.library.current !== dataset || runUnderWay(state)) return;
  if (elsewhere) void waitForTakeover(parts);
  await showRun(parts, run, takeover);
}

/** Shows a run with its past, and offers to resume it if it has not ended. */
export async function showRun({ store, reads }: Parts, run: Run | null, takeover = false): Promise<void> {
  const history = run ? await reads.history(run.id) : null;
  const state = store.getState();
  if (runUnderWay(state) || (run && state.library.current !== run.dataset)) return;
  patch(store, 'training', { run });
  dispatch(store, { type: 'shown', run, takeover });
  if (history) store.stepReports.load(history.steps);
  else store.stepReports.clear();
  patch(store, 'measures', { evaluations: history?.evaluations.filter(({ of }) => of === 'run') ?? [] });
  store.setState({ probes: { history: history?.probes ?? [] } });
}

/** Says that another tab trains, and offers to take over as soon as it has ended. */
export async function waitForTakeover(parts: Parts): Promise<void> {
  const { store, lock } = parts;
  dispatch(store, { type: 'elsewhere' });
  if (!(await lock.whenFree())) return;
  dispatch(store, { type: 'free' });
  dismissKinds(store, 'busy');
  const { current } = store.getState().library;
  if (current !== null) await showNewestRun(parts, current, true).catch((cause) => tellCause(store, cause));
}

/** Chooses the next run's values anew, keeping what the user has set. */
export function settleSettings(store: Store, edited: State['settings']['edited']): void {
  const state = store.getState();
  store.setState({ settings: settle(currentDataset(state), state.device.report, edited) });
}

/** localStorage key: pictures are not embedded as soon as they are there. */
export const EMBED_LATER = 'lookalike.embed-later';

export const embedsAtOnce = (memory: Parts['memory']): boolean => memory.getItem(EMBED_LATER) === null;

/** localStorage key: the user has called the first embedding of this data set off. */
export const calledOff = (dataset: string): string => `lookalike.unembedded.${dataset}`;

/** Has a data set embedded by the first encoder unless the user wants none of it; `first`: so many of its pictures at most. */
export function askEmbedding({ store, threads, memory }: Parts, dataset: string, first?: number): void {
  const { embedsAtOnce, device } = store.getState();
  if (!embedsAtOnce || !device.report || memory.getItem(calledOff(dataset)) !== null) return;
  threads.trainer.send({ type: 'embed', dataset, name: FIRST_ENCODER, address: addressOf(FIRST_ENCODER), first });
}

/** Has the encoder that the user chose to search with embed what it lacks: pictures that were added, all after damage. */
export function askUsed({ store, threads }: Parts): void {
  const state = store.getState();
  const searchWith = currentDataset(state)?.searchWith;
  const whose = searchWith === undefined ? null : whoseIs(state, searchWith);
  if (whose) threads.trainer.send({ type: 'embed-used', whose });
}

/**
 * Has the pictures embedded by the first encoder, so that they can be searched at once, then the untrained encoder and
 * the other baselines measured. All of it gives way to whatever is asked of the trainer.
 */
export function askBaseline(parts: Parts): void {
  const { store, threads, pending } = parts;
  const state = store.getState();
  const dataset = currentDataset(state);
  const config = state.training.run?.config ?? state.settings.config;
  if (!dataset || !config || dataset.count < 2 || !state.device.report) return;
  if (state.library.importing || runUnderWay(state)) return;
  const { side, ...encoder } = untrainedOf(config);
  const { seed, recipe } = config;
  const wanted = JSON.stringify([dataset.id, dataset.count, encoder, side, seed, recipe, state.expert]);
  if (wanted === pending.baseline) return;
  pending.baseline = wanted;
  askEmbedding(parts, dataset.id);
  if (state.embedsAtOnce) askUsed(parts);
  threads.trainer.send({ type: 'baseline', dataset: dataset.id, encoder, side, seed, recipe, views: state.expert });
}
