import { untrainedOf } from '../../core/defaults';
import { UNTRAINED } from '../../core/encoders/encoder';
import { PRETRAINED, pretrainedRun } from '../../core/pretrained';
import { seenBy } from '../../core/seen';
import type { Whose } from '../../protocol/interpretation';
import type { State } from '../store/store';
import { addressOf } from './networks';
import { encoderOf } from './settings';

/** The encoder that is trained on the page: the run's, before there is one the untrained encoder. */
export function whoseOf({ library, training: { run }, settings }: State): Whose | null {
  const config = run?.config ?? settings.config;
  if (library.current === null || !config) return null;
  const { seed } = config;
  if (run && run.step > 0)
    return { dataset: library.current, run: run.id, encoder: encoderOf(config), side: seenBy(config).side, seed };
  const { side, ...encoder } = untrainedOf(config);
  return { dataset: library.current, run: null, encoder, side, seed };
}

/** An encoder of the data set on the page by its id, as the trainer finds it. */
export function whoseIs(state: State, id: string): Whose | null {
  const config = state.training.run?.config ?? state.settings.config;
  if (state.library.current === null || !config) return null;
  const { side, ...encoder } = untrainedOf(config);
  const network = PRETRAINED.find(({ name }) => pretrainedRun(name) === id);
  const weights = state.weights.find(({ name }) => pretrainedRun(name) === id);
  return {
    ...{ dataset: state.library.current, run: id === UNTRAINED ? null : id, encoder, side, seed: config.seed },
    network: network && { name: network.name, address: addressOf(network.name) },
    weights: weights && { name: weights.name, sha256: weights.sha256 },
  };
}
