import type { RunConfig } from '../../core/config';
import { Draws } from '../../core/random';
import { add, addScaled, exp, mean, mul, scale } from '../../graph/ops/arithmetic';
import { input, scalar } from '../../graph/ops/leaves';
import { moments, poolMoments } from '../../graph/ops/normalisation';
import type { Program } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import type { Architecture } from '../backbones/architecture';
import { decode, decoderWeights } from '../decoder';
import { embed, embedFrom, frozenWeights, stem } from '../encoder';
import { affine, linearHead } from '../heads/linear';
import { initialTrained } from '../initial_trained';
import { divergence } from '../losses/divergence';
import { squaredError } from '../losses/squared_error';
import { type SgdSettings, sgd } from '../optimizer';
import { type WeightSpec, Weights } from '../weights';
import { type Decodes, type Method, type OpenMethod, stateless } from './method';

export interface VaeSettings extends SgdSettings {
  side: number;
  /** N pictures a step, one view of each. */
  batch: number;
}

const NORM = { groups: 1 };

/** Embeddings [N, D] -> mean and log variance of their codes, two linear layers side by side. [N, C] each. */
const normalOf = (query: Weights, embedding: Tensor, { dim }: Architecture) => ({
  means: linearHead(query, embedding, dim),
  logVariances: affine(query, 'fc_log_variance', embedding, dim),
});

/** Those that learn, of the encoder. */
function vaeWeights(encoder: Architecture): WeightSpec[] {
  const weights = new Weights('declared');
  const maps = stem(new Weights('frozen'), input('pictures', [1, 64, 64, 3]), encoder);
  normalOf(weights, embedFrom(weights, maps, encoder, 'frozen'), encoder);
  return weights.specs;
}

/**
 * One step of a variational autoencoder (Kingma & Welling 2014): codes are drawn from their distributions by
 * reparametrisation with noise that is fed, decoded, and paid for by their divergence from the standard normal, weighted
 * with beta (Higgins et al. 2017). Loss = squared error + beta x divergence / values of a picture: up to a factor the
 * negative evidence bound of a decoder whose pixels have the variance beta / 2 in normalised units.
 * Outputs loss, error, divergence [] (nats a picture), variances [C] of the codes' means over the batch.
 */
function vaeStep(encoder: Architecture, settings: VaeSettings): Program {
  const { batch: n, side } = settings;
  const { dim } = encoder;
  const frozen = new Weights('query', frozenWeights(encoder));
  const query = new Weights('query', vaeWeights(encoder));
  const decoder = new Weights('decoder', decoderWeights(encoder, side));
  const views = input('views', [n, side, side, 3]); // [N, S, S, 3]
  const embedding = embedFrom(query, stem(frozen, views, encoder), encoder, NORM); // [N, D]
  const { means, logVariances } = normalOf(query, embedding, encoder); // [N, C]
  const deviations = exp(scale(logVariances, 0.5)); // [N, C]
  const codes = add(means, mul(deviations, input('noise', [n, dim]))); // [N, C]
  const error = squaredError(decode(decoder, codes, encoder, side, NORM), views);
  const nats = scale(mean(divergence(means, logVariances)), dim); // mean over pictures of the sum over dimensions
  const loss = addScaled(error, scale(nats, 1 / (3 * side * side)), scalar('beta'));
  const velocities = sgd([query, decoder], loss, scalar('minus learning rate'), settings);
  return {
    name: 'vae step',
    outputs: { loss, error, divergence: nats, variances: poolMoments(moments(means), 1) },
    updates: { ...query.updates(), ...decoder.updates(), ...velocities },
  };
}

/** beta of step `step` (from 0): rises evenly from 0, so that codes first learn to say something (Bowman et al. 2016). */
export function betaAt(
  { beta, betaWarmup, steps }: Pick<RunConfig, 'beta' | 'betaWarmup' | 'steps'>,
  step: number,
): number {
  const rising = steps === null ? OPEN_WARMUP : steps * betaWarmup;
  return beta * Math.min(1, step / Math.max(1, rising));
}

/** Steps of the rise in a run without an end, where a share of them means nothing. */
const OPEN_WARMUP = 500;

/** Standard normal numbers, [N, C]: by seed, step and picture, so that a resumed run draws the same. */
export function codeNoise(rows: ArrayLike<number>, dim: number, seed: number, step: number): Float32Array {
  const noise = new Float32Array(rows.length * dim);
  for (let i = 0; i < rows.length; i++) {
    const draws = new Draws({ seed, purpose: 'latent', step, image: rows[i] });
    for (let c = 0; c < dim; c++) noise[i * dim + c] = draws.normal();
  }
  return noise;
}

/** A dimension is in use when its mean varies from picture to picture by more than this (Burda et al. 2016). */
const ACTIVE = 0.01;

const halves = (encoder: Architecture, side: number): Decodes => ({
  encode: (pictures) => {
    const query = new Weights('query');
    const { means, logVariances } = normalOf(query, embed(query, pictures, encoder, 'frozen'), encoder);
    return { codes: means, divergences: divergence(means, logVariances) };
  },
  decode: (codes) => decode(new Weights('decoder'), codes, encoder, side, 'frozen'),
});

/** The variational autoencoder as a run's method. */
export const openVae: OpenMethod = (encoder, config): Method => ({
  name: 'vae',
  program: vaeStep(encoder, config),
  initial: (seed) =>
    initialTrained(
      { query: vaeWeights(encoder), decoder: decoderWeights(encoder, config.side) },
      seed,
      frozenWeights(encoder),
    ),
  views: { views: 0 },
  feeds: ({ step, rows }, { config: now, learningRate }) => ({
    noise: codeNoise(rows, encoder.dim, now.seed, step),
    beta: betaAt(now, step),
    'minus learning rate': -learningRate,
  }),
  advance: stateless,
  report: ({ error, divergence: nats, variances }, { beta }) => ({
    error: error[0],
    divergence: nats[0],
    units: variances.filter((variance) => variance > ACTIVE).length,
    beta: beta as number,
  }),
  decodes: halves(encoder, config.side),
});
