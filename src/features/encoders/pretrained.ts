import { addressOf } from '../../app/session/networks';
import type { Parts } from '../../app/session/parts';
import { withStart } from '../../app/session/settings';
import { askBaseline, calledOff, EMBED_LATER, settleSettings } from '../../app/session/showing';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { currentDataset, patch, runUnderWay, shownRecipe } from '../../app/store/store';
import { isBundled, type RecipeName } from '../../core/config';
import { Fault } from '../../core/fault';
import { FIRST_ENCODER, type PretrainedName, pretrainedRun } from '../../core/pretrained';
import type { WeightsFile } from '../../core/records';
import type { ToTrainer } from '../../protocol/messages';

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
  const { store, threads, memory, pending } = parts;
  const free = (): string | null => {
    const state = store.getState();
    return runUnderWay(state) ? null : (currentDataset(state)?.id ?? null);
  };
  const ask = (
    name: string,
    views: boolean,
    message: (of: { dataset: string; recipe: RecipeName | null }) => ToTrainer,
  ): void => {
    const dataset = free();
    if (dataset === null) return;
    memory.removeItem(calledOff(dataset));
    patch(store, 'measures', { asked: [...store.getState().measures.asked, pretrainedRun(name)] });
    threads.trainer.send(message({ dataset, recipe: views ? shownRecipe(store.getState()) : null }));
  };
  return {
    addPretrained: (name, { views } = { views: true }) =>
      ask(name, views, (of) => ({ type: 'pretrained', ...of, name, address: addressOf(name) })),
    addFrozen: (weights, { views, side } = { views: true }) =>
      ask(weights.name, views, (of) => ({ type: 'frozen', ...of, weights, side })),
    stopEmbedding: () => {
      const { background } = store.getState();
      if (!background) return;
      memory.setItem(calledOff(background.dataset), 'yes');
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
    stopPretrained: () => threads.trainer.send({ type: 'stop-pretrained' }),
    takeWeights: async (file) => {
      if (!/\.safetensors$/i.test(file.name)) {
        tellCause(store, notSafetensors(file.name));
        return;
      }
      try {
        const bytes = await file.arrayBuffer();
        threads.trainer.send({ type: 'take-weights', name: file.name, bytes }, [bytes]);
      } catch (cause) {
        tellCause(store, cause);
      }
    },
    startFrom: (weights) => startFrom(parts, weights),
  };
}

/** A file of weights was taken in: the next run starts from it. */
export function hearWeights(parts: Parts, file: WeightsFile): void {
  const { store } = parts;
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
