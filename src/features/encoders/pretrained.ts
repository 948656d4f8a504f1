import { addressOf } from '../../app/session/networks';
import type { Parts } from '../../app/session/parts';
import { withStart } from '../../app/session/settings';
import { askBaseline, calledOff, EMBED_LATER, settleSettings } from '../../app/session/showing';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { currentDataset, patch, runUnderWay, shownRecipe } from '../../app/store/store';
import { trainerFailed } from '../../app/training/trainerLost';
import { isBundled, type RecipeName } from '../../core/config';
import { Fault } from '../../core/fault';
import { FIRST_ENCODER, type PretrainedName, pretrainedRun } from '../../core/pretrained';
import type { WeightsFile } from '../../core/records';

/** PyTorch's own files are programs: they are not read, whatever they hold. */
const notSafetensors = (name: string): Fault =>
  new Fault(
    'file',
    `${name}: weights are read from .safetensors files alone.`,
    "In Python, safetensors.torch.save_file(model.state_dict(), 'model.safetensors') writes one.",
  );

type PretrainedActions = Pick<
  Actions,
  'addPretrained' | 'addFrozen' | 'stopPretrained' | 'stopEmbedding' | 'embedAtOnce' | 'takeWeights' | 'startFrom'
>;

export function pretrainedActions(parts: Parts): PretrainedActions {
  const { store, threads, memory, newest, pending } = parts;
  const free = (): string | null => {
    const state = store.getState();
    return runUnderWay(state) ? null : (currentDataset(state)?.id ?? null);
  };
  /** Shows that a network is asked for until it is over, whatever came of it. */
  const ask = async (
    name: string,
    views: boolean,
    call: (of: { dataset: string; recipe: RecipeName | null }, signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    const dataset = free();
    if (dataset === null) return;
    memory.removeItem(calledOff(dataset));
    const run = pretrainedRun(name);
    const others = () => store.getState().measures.asked.filter((one) => one !== run);
    patch(store, 'measures', { asked: [...others(), run] });
    const signal = newest.begin(run);
    try {
      await call({ dataset, recipe: views ? shownRecipe(store.getState()) : null }, signal);
    } catch (cause) {
      trainerFailed(parts, cause);
    } finally {
      if (newest.isNewest(run, signal)) patch(store, 'measures', { asked: others() });
    }
  };
  return {
    addPretrained: (name, { views } = { views: true }) =>
      void ask(name, views, (of, signal) =>
        threads.trainer.call({ type: 'pretrained', ...of, name, address: addressOf(name) }, { signal }),
      ),
    addFrozen: (weights, { views, side } = { views: true }) =>
      void ask(weights.name, views, (of, signal) =>
        threads.trainer.call({ type: 'frozen', ...of, weights, side }, { signal }),
      ),
    stopEmbedding: () => {
      const { background } = store.getState();
      if (!background) return;
      if (background.kind === 'embed') memory.setItem(calledOff(background.dataset), 'yes');
      threads.trainer.send({ type: 'stop-embedding', dataset: background.dataset });
    },
    embedAtOnce: (on) => {
      store.setState({ embedsAtOnce: on });
      const dataset = currentDataset(store.getState());
      if (on) {
        memory.removeItem(EMBED_LATER);
        pending.baseline = '';
        askBaseline(parts);
      } else {
        memory.setItem(EMBED_LATER, 'yes');
        if (dataset) threads.trainer.send({ type: 'stop-embedding', dataset: dataset.id });
      }
    },
    stopPretrained: () => {
      for (const run of store.getState().measures.asked) newest.end(run);
    },
    takeWeights: async (file) => {
      if (!/\.safetensors$/i.test(file.name)) {
        tellCause(store, notSafetensors(file.name));
        return;
      }
      try {
        const bytes = await file.arrayBuffer();
        await takeIn(parts, file.name, bytes);
      } catch (cause) {
        tellCause(store, cause);
      }
    },
    startFrom: (weights) => startFrom(parts, weights),
  };
}

/** Keeps a file of weights, and has the next run start from it. */
export async function takeIn(parts: Parts, name: string, bytes: ArrayBuffer): Promise<void> {
  const { store, threads } = parts;
  const file = await threads.trainer.call({ type: 'take-weights', name, bytes }, { transfer: [bytes] });
  const others = store.getState().weights.filter(({ sha256 }) => sha256 !== file.sha256);
  store.setState({ weights: [...others, file] });
  startFrom(parts, file);
}

/** Where the file of weights that the next run was to start from is gone, that is chosen anew. */
export function forgetStart(parts: Parts): void {
  const { settings, weights } = parts.store.getState();
  const { start } = settings.edited;
  if (!start || isBundled(start) || weights.some(({ sha256 }) => sha256 === start.sha256)) return;
  startFrom(parts, FIRST_ENCODER);
}

function startFrom({ store }: Parts, weights: WeightsFile | PretrainedName | null): void {
  const start = typeof weights === 'string' ? { bundled: weights } : weights;
  settleSettings(store, withStart(store.getState().settings.edited, start));
}
