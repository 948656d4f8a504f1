import type { Feeds } from '../../engine/executor';
import { featureStd } from '../../graph/ops/contrast';
import { scalar } from '../../graph/ops/leaves';
import { concatRows, unitRows } from '../../graph/ops/rows';
import type { Program } from '../../graph/program';
import type { Architecture } from '../backbones/architecture';
import { encodeFrom, frozenWeights, trainableWeights } from '../encoder';
import { initialTrained } from '../initial_trained';
import { dcl } from '../losses/dcl';
import { ntXent, ntXentAmong } from '../losses/nt_xent';
import { type SgdSettings, sgd } from '../optimizer';
import { Weights } from '../weights';
import { alikeFeeds, alikeInputs } from './alike';
import { numbersOf, type OpenMethod, stateless } from './method';
import { type StepShape, stepMaps } from './step_maps';

export interface SimclrSettings extends SgdSettings, StepShape {
  temperature: number;
  /** Batch-norm groups of the 2N views. */
  groups: number;
  /** The decoupled loss (Yeh et al. 2022). */
  decoupled: boolean;
  /** Mutual neighbours of a picture that may give its second view, and are no negatives of it. */
  neighbours?: number;
}

/** One step of SimCLR (Chen et al. 2020, algorithm 1). Fed by `simclrFeeds`; outputs loss, accuracy, featureStd, all []. */
export function simclrStep(encoder: Architecture, settings: SimclrSettings): Program {
  const { temperature, groups, decoupled } = settings;
  const frozen = new Weights('query', frozenWeights(encoder));
  const query = new Weights('query', trainableWeights(encoder));
  const first = stepMaps('first views', frozen, encoder, settings); // [N, H, W, D]
  const second = stepMaps('second views', frozen, encoder, settings); // [N, H, W, D]
  const maps = concatRows(first, second); // [2N, H, W, D]
  const z = unitRows(encodeFrom(query, maps, encoder, { groups })); // [2N, C]
  const alike = alikeInputs(settings);
  const { loss, accuracy } = decoupled
    ? dcl(z, temperature)
    : alike
      ? ntXentAmong(z, alike, temperature)
      : ntXent(z, temperature);
  const velocities = sgd(query, loss, scalar('minus learning rate'), settings);
  return {
    name: 'simclr step',
    outputs: { loss, accuracy, featureStd: featureStd(z) },
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
  feeds: (draw, { learningRate }) => ({ 'minus learning rate': -learningRate, ...alikeFeeds(config, draw) }),
  advance: stateless,
  report: numbersOf('accuracy', 'featureStd'),
});
