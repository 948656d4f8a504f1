import type { KeyNorm } from '../../core/config';
import type { NamedArray } from '../../core/records';
import type { Feeds } from '../../engine/executor';
import { add, blend, scale } from '../../graph/ops/arithmetic';
import { featureStd } from '../../graph/ops/contrast';
import { input, scalar, stopGradient, variable } from '../../graph/ops/leaves';
import { concatRows, gatherRows, unitRows } from '../../graph/ops/rows';
import type { Program } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import type { Architecture } from '../backbones/architecture';
import { encodeFrom, encoderWeights, frozenWeights, trainableWeights } from '../encoder';
import { initialWeights } from '../initial';
import { infoNce } from '../losses/info_nce';
import { initialVelocities, type SgdSettings, sgd } from '../optimizer';
import { enqueue, initialQueue, QUEUE, QUEUE_IDS } from '../queue';
import { isParameter, owned, Weights } from '../weights';
import { type StepShape, stepMaps } from './step_maps';

export interface MocoSettings extends SgdSettings, StepShape {
  /** K rows of the queue. */
  queue: number;
  temperature: number;
  symmetric: boolean;
  keyNorm: KeyNorm;
  /** Batch-norm groups of a batch. */
  groups: number;
  /** Mutual neighbours of a picture that may take its place as the key, and are no negatives of it. */
  neighbours?: number;
}

/**
 * theta_k <- m theta_k + (1 - m) theta_q (He et al. 2020, eq. 2). `follow` is 1 - m. Parameters only, the key encoder
 * having batch statistics of its own; under EMAN all state (Cai et al. 2021), never half of the statistics; statistics that stay are
 * the same in both.
 */
function momentumUpdate(
  key: Weights,
  query: Weights,
  follow: Tensor,
  keyNorm: KeyNorm,
  norms: Architecture['norms'],
): void {
  for (const spec of key.specs)
    if ((keyNorm === 'eman' && norms !== 'running') || isParameter(spec))
      key.replace(spec.name, blend(key.current(spec.name), query.current(spec.name), follow));
}

/** One step of MoCo (He et al. 2020, algorithm 1). Fed by `mocoFeeds`; outputs loss, accuracy, featureStd, all []. */
export function mocoStep(encoder: Architecture, settings: MocoSettings): Program {
  const { batch: n, queue: rows, temperature, keyNorm, groups, neighbours = 0 } = settings;
  const frozen = new Weights('query', frozenWeights(encoder)); // serves keys as well
  const query = new Weights('query', trainableWeights(encoder));
  const key = new Weights('key', trainableWeights(encoder));
  const queue = variable(QUEUE, [rows, encoder.dim]); // [K, C]
  const queueIds = variable(QUEUE_IDS, [rows], 'int32'); // [K]
  const ids = input('ids', [n], 'int32'); // [N]
  const keyIds = neighbours > 0 ? input('key ids', [n], 'int32') : ids; // [N]
  const alike = (name: string): Tensor => (neighbours > 0 ? input(name, [n, 1 + neighbours], 'int32') : ids);
  const first = stepMaps('query views', frozen, encoder, settings); // [N, H, W, D]
  const second = stepMaps('key views', frozen, encoder, settings); // [N, H, W, D]

  // Shuffled over the batch-norm groups, so that a key's statistics do not tell its query's; or no batch statistics.
  const encodeKeys = (maps: Tensor): Tensor => {
    if (keyNorm === 'eman') return unitRows(encodeFrom(key, maps, encoder, 'frozen')); // [N, C]
    const shuffled = gatherRows(maps, input('order', [n], 'int32')); // [N, H, W, D]
    const keys = unitRows(encodeFrom(key, shuffled, encoder, { groups })); // [N, C]
    return gatherRows(keys, input('inverse order', [n], 'int32')); // [N, C]
  };
  const contrast = (queryMaps: Tensor, keyMaps: Tensor, excluded: Tensor) => {
    const q = unitRows(encodeFrom(query, queryMaps, encoder, { groups })); // [N, C]
    const k = stopGradient(encodeKeys(keyMaps)); // [N, C]
    return { q, k, ...infoNce(q, k, queue, excluded, queueIds, temperature) };
  };

  momentumUpdate(key, query, scalar('follow'), keyNorm, encoder.norms);
  const one = contrast(first, second, alike('excluded'));
  // Each view once as query, once as key, both against the queue as it was; the mean of the halves.
  const two = settings.symmetric ? contrast(second, first, alike('excluded of keys')) : null;
  const halves = (a: Tensor, b: Tensor | undefined): Tensor => (b ? scale(add(a, b), 0.5) : a);
  const loss = halves(one.loss, two?.loss);
  const velocities = sgd(query, loss, scalar('minus learning rate'), settings);

  const pointer = scalar('pointer');
  const keys = two ? concatRows(one.k, two.k) : one.k; // [N or 2N, C]
  const enqueued = two ? concatRows(keyIds, ids) : keyIds;
  return {
    name: 'moco step',
    outputs: { loss, accuracy: halves(one.accuracy, two?.accuracy), featureStd: featureStd(one.q) },
    updates: {
      ...query.updates(),
      ...key.updates(),
      ...velocities,
      [QUEUE]: enqueue(queue, keys, pointer),
      [QUEUE_IDS]: enqueue(queueIds, enqueued, pointer),
    },
  };
}

export const keysPerStep = ({ batch, symmetric }: Pick<MocoSettings, 'batch' | 'symmetric'>): number =>
  symmetric ? 2 * batch : batch;

/** What one step is fed. */
export interface MocoBatch {
  /** Normalised views, [N, S, S, 3]. */
  query: Float32Array;
  key: Float32Array;
  /** The picture of each row. */
  ids: Int32Array;
  /** With neighbours: the picture of each key, and what is no negative of each query, and of each key, [N, 1 + k]. */
  keyIds?: Int32Array;
  excluded?: readonly [Int32Array, Int32Array];
  /** A permutation of 0 .. N - 1, not used under EMAN. */
  order: Int32Array;
  learningRate: number;
  keyMomentum: number;
  pointer: number;
}

export function inversePermutation(order: Int32Array): Int32Array {
  const inverse = new Int32Array(order.length);
  order.forEach((from, to) => {
    inverse[from] = to;
  });
  return inverse;
}

/** Which of a picture's views each of the step's inputs takes. */
export const MOCO_VIEWS = { 'query views': 0, 'key views': 1 } as const;

export const mocoFeeds = (settings: Pick<MocoSettings, 'keyNorm'>, batch: MocoBatch): Feeds => ({
  'query views': batch.query,
  'key views': batch.key,
  ...mocoNumbers(settings, batch),
});

/** All of it but the views. */
export function mocoNumbers(
  { keyNorm }: Pick<MocoSettings, 'keyNorm'>,
  batch: Omit<MocoBatch, 'query' | 'key'>,
): Feeds {
  const shuffle = { order: batch.order, 'inverse order': inversePermutation(batch.order) };
  const { ids, keyIds = ids, excluded } = batch;
  return {
    ids,
    ...(excluded ? { 'key ids': keyIds, excluded: excluded[0], 'excluded of keys': excluded[1] } : {}),
    ...(keyNorm === 'shuffle' ? shuffle : {}),
    follow: 1 - batch.keyMomentum,
    'minus learning rate': -batch.learningRate,
    pointer: batch.pointer,
  };
}

/** All variables of a run from the query encoder's weights: the key encoder copies all that learns, head included. */
export function mocoVariables(
  encoder: Architecture,
  query: Readonly<Record<string, NamedArray>>,
  queue: Readonly<Record<string, NamedArray>>,
): Record<string, NamedArray> {
  const trainable = trainableWeights(encoder);
  const copied = Object.fromEntries(trainable.map(({ name }) => [name, query[name]]));
  return {
    ...owned('query', query),
    ...owned('key', copied),
    ...initialVelocities(trainable),
    ...queue,
  };
}

/** The variables of a fresh run. */
export function initialMoco(encoder: Architecture, queueRows: number, seed: number): Record<string, NamedArray> {
  const query = initialWeights(encoderWeights(encoder), seed);
  return mocoVariables(encoder, query, initialQueue(queueRows, encoder.dim, seed));
}
