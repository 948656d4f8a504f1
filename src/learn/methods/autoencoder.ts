import { featureStd } from '../../graph/ops/contrast';
import { input, scalar } from '../../graph/ops/leaves';
import { unitRows } from '../../graph/ops/rows';
import type { Program } from '../../graph/program';
import type { Architecture } from '../backbones/architecture';
import { decode, decoderWeights } from '../decoder';
import { encode, encodeFrom, frozenWeights, stem, trainableWeights } from '../encoder';
import { initialTrained } from '../initial_trained';
import { squaredError } from '../losses/squared_error';
import { type SgdSettings, sgd } from '../optimizer';
import { Weights } from '../weights';
import { corrupt } from './corruption';
import { type Decodes, type Method, numbersOf, type OpenMethod, stateless } from './method';

export interface AutoencoderSettings extends SgdSettings {
  side: number;
  /** N pictures a step, one view of each. */
  batch: number;
}

/** Ordinary batch norm: there is no answer that it could give away. */
const NORM = { groups: 1 };

/**
 * One step of an autoencoder (Hinton & Salakhutdinov 2006): the backbone's embedding through a linear bottleneck of C
 * columns, the decoder, the squared error against the target. Denoising (Vincent et al. 2008) is the same step with an
 * input that differs from its target. Outputs loss, error, featureStd (of the codes), all [].
 *
 * A step sees one view a picture, lightly cropped and flipped: the error asks for every pixel back, so a view must not
 * change what a user would call the picture. Colour jitter or deep crops would be learnt as if they were content, and
 * no crops at all would let a small set be learnt by heart.
 */
function autoencoderStep(encoder: Architecture, settings: AutoencoderSettings): Program {
  const { batch: n, side } = settings;
  const frozen = new Weights('query', frozenWeights(encoder));
  const query = new Weights('query', trainableWeights(encoder));
  const decoder = new Weights('decoder', decoderWeights(encoder, side));
  const shown = input('shown', [n, side, side, 3]); // [N, S, S, 3]
  const wanted = input('wanted', [n, side, side, 3]); // [N, S, S, 3]
  const codes = encodeFrom(query, stem(frozen, shown, encoder), encoder, NORM); // [N, C]
  const error = squaredError(decode(decoder, codes, encoder, side, NORM), wanted);
  const velocities = sgd([query, decoder], error, scalar('minus learning rate'), settings);
  return {
    name: 'autoencoder step',
    outputs: { loss: error, error, featureStd: featureStd(unitRows(codes)) },
    updates: { ...query.updates(), ...decoder.updates(), ...velocities },
  };
}

/** The two halves by running statistics. */
const halves = (encoder: Architecture, side: number): Decodes => ({
  encode: (pictures) => ({ codes: encode(new Weights('query'), pictures, encoder, 'frozen') }),
  decode: (codes) => decode(new Weights('decoder'), codes, encoder, side, 'frozen'),
});

/** The autoencoder as a run's method: what it is shown is what it is to give back. */
export const openAutoencoder: OpenMethod = (encoder, config): Method => ({
  name: 'ae',
  program: autoencoderStep(encoder, config),
  initial: (seed) => {
    const trained = { query: trainableWeights(encoder), decoder: decoderWeights(encoder, config.side) };
    return initialTrained(trained, seed, frozenWeights(encoder));
  },
  views: { shown: 0, wanted: 0 },
  feeds: (_, { learningRate }) => ({ 'minus learning rate': -learningRate }),
  advance: stateless,
  report: numbersOf('error', 'featureStd'),
  decodes: halves(encoder, config.side),
});

/** The denoising autoencoder: shown a corrupted picture, it is to give back the clean one. */
export const openDenoising: OpenMethod = (encoder, config) => ({
  ...openAutoencoder(encoder, config),
  name: 'dae',
  corruption: { input: 'shown', corrupt: (clean, rows, step) => corrupt(clean, rows, step, config) },
});
