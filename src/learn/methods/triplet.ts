import { featureStd } from '../../graph/ops/contrast';
import { scalar } from '../../graph/ops/leaves';
import { concatRows, unitRows } from '../../graph/ops/rows';
import type { Program } from '../../graph/program';
import type { Architecture } from '../backbones/architecture';
import { encodeFrom, frozenWeights, trainableWeights } from '../encoder';
import { initialTrained } from '../initial_trained';
import { tripletLoss } from '../losses/triplet';
import { type SgdSettings, sgd } from '../optimizer';
import { Weights } from '../weights';
import { alikeFeeds, alikeInputs } from './alike';
import { numbersOf, type OpenMethod, stateless } from './method';
import { TWO_VIEWS } from './simclr';
import { type StepShape, stepMaps } from './step_maps';

export interface TripletSettings extends SgdSettings, StepShape {
  margin: number;
  /** Batch-norm groups of the 2N views. */
  groups: number;
  /** Mutual neighbours of a picture that may give its second view, and are no negatives of it. */
  neighbours?: number;
}

/**
 * One step with the triplet loss (Schroff et al. 2015), without labels: anchor and positive are two views of one
 * picture, the negative a view of another. Outputs loss, accuracy, active, featureStd, all [].
 */
function tripletStep(encoder: Architecture, settings: TripletSettings): Program {
  const { margin, groups } = settings;
  const frozen = new Weights('query', frozenWeights(encoder));
  const query = new Weights('query', trainableWeights(encoder));
  const first = stepMaps('first views', frozen, encoder, settings); // [N, H, W, D]
  const second = stepMaps('second views', frozen, encoder, settings); // [N, H, W, D]
  const maps = concatRows(first, second); // [2N, H, W, D]
  const z = unitRows(encodeFrom(query, maps, encoder, { groups })); // [2N, C]
  const { loss, accuracy, active } = tripletLoss(z, margin, alikeInputs(settings));
  const velocities = sgd(query, loss, scalar('minus learning rate'), settings);
  return {
    name: 'triplet step',
    outputs: { loss, accuracy, active, featureStd: featureStd(z) },
    updates: { ...query.updates(), ...velocities },
  };
}

/** The triplet loss as a run's method. */
export const openTriplet: OpenMethod = (encoder, config) => ({
  name: 'triplet',
  program: tripletStep(encoder, config),
  initial: (seed) => initialTrained({ query: trainableWeights(encoder) }, seed, frozenWeights(encoder)),
  views: TWO_VIEWS,
  feeds: (draw, { learningRate }) => ({ 'minus learning rate': -learningRate, ...alikeFeeds(config, draw) }),
  advance: stateless,
  report: numbersOf('accuracy', 'active', 'featureStd'),
});
