import type { Feeds } from '../../engine/executor';
import { spread } from '../../graph/ops/contrast';
import { input, scalar } from '../../graph/ops/leaves';
import { concatRows, unitRows } from '../../graph/ops/rows';
import type { Program } from '../../graph/program';
import type { Architecture } from '../backbones/architecture';
import { encodeFrom, frozenWeights, stem, trainableWeights } from '../encoder';
import { initialTrained } from '../initial_trained';
import { dcl } from '../losses/dcl';
import { ntXent } from '../losses/nt_xent';
import { type SgdSettings, sgd } from '../optimizer';
import { Weights } from '../weights';
import { numbersOf, type OpenMethod, stateless } from './method';

export interface SimclrSettings extends SgdSettings {
  side: number;
  /** N pictures a step, 2N views. */
  batch: number;
  temperature: number;
  /** Batch-norm groups of the 2N views. */
  groups: number;
  /** The decoupled loss (Yeh et al. 2022). */
  decoupled: boolean;
}

/** One step of SimCLR (Chen et al. 2020, algorithm 1). Fed by `simclrFeeds`; outputs loss, accuracy, spread, all []. */
export function simclrStep(encoder: Architecture, settings: SimclrSettings): Program {
  const { batch: n, side, temperature, groups, decoupled } = settings;
  const frozen = new Weights('query', frozenWeights(encoder));
  const query = new Weights('query', trainableWeights(encoder));
  const first = input('first views', [n, side, side, 3]); // [N, S, S, 3]
  const second = input('second views', [n, side, side, 3]); // [N, S, S, 3]
  const maps = stem(frozen, concatRows(first, second), encoder); // [2N, H, W, D]
  const z = unitRows(encodeFrom(query, maps, encoder, { groups })); // [2N, C]
  const { loss, accuracy } = decoupled ? dcl(z, temperature) : ntXent(z, temperature);
  const velocities = sgd(query, loss, scalar('minus learning rate'), settings);
  return {
    name: 'simclr step',
    outputs: { loss, accuracy, spread: spread(z) },
    updates: { ...query.updates(), ...velocities },
  };
}

export const simclrFeeds = (first: Float32Array, second: Float32Array, learningRate: number): Feeds => ({
  'first views': first,
  'second views': second,
  'minus learning rate': -learningRate,
});

/** Which of a picture's views each input takes. */
export const TWO_VIEWS = { 'first views': 0, 'second views': 1 } as const;

/** SimCLR as a run's method. */
export const openSimclr: OpenMethod = (encoder, config) => ({
  name: 'simclr',
  program: simclrStep(encoder, config),
  initial: (seed) => initialTrained({ query: trainableWeights(encoder) }, seed, frozenWeights(encoder)),
  views: TWO_VIEWS,
  feeds: (_, { learningRate }) => ({ 'minus learning rate': -learningRate }),
  advance: stateless,
  report: numbersOf('accuracy', 'spread'),
});
