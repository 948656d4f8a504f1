import type { KeyNorm } from '../../core/config';
import type { NamedArray } from '../../core/records';
import type { Feeds } from '../../engine/executor';
import { add, blend, scale } from '../../graph/ops/arithmetic';
import { spread } from '../../graph/ops/contrast';
import { input, scalar, stopGradient, variable } from '../../graph/ops/leaves';
import { concatRows, gatherRows, unitRows } from '../../graph/ops/rows';
import type { Program } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import type { Architecture } from '../backbones/architecture';
import { encodeFrom, encoderWeights, frozenWeights, stem, trainableWeights } from '../encoder';
import { initialWeights } from '../initial';
import { infoNce } from '../losses/info_nce';
import { initialVelocities, type SgdSettings, sgd } from '../optimizer';
import { enqueue, initialQueue, QUEUE, QUEUE_IDS } from '../queue';
import { isParameter, owned, Weights } from '../weights';

export interface MocoSettings extends SgdSettings {
  side: number;
  /** N pictures a step. */
  batch: number;
  /** K rows of the queue. */
  queue: number;
  temperature: number;
  symmetric: boolean;
  keyNorm: KeyNorm;
  /** Batch-norm groups of a batch. */
  groups: number;
}

/**
 * theta_k <- m theta_k + (1 - m) theta_q (He et al. 2020, eq. 2). `follow` is 1 - m. Parameters only, the key encoder
 * having batch statistics of its own; under EMAN all state (Cai et al. 2021), never half of the statistics.
 */
function momentumUpdate(key: Weights, query: Weights, follow: Tensor, keyNorm: KeyNorm): void {
  for (const spec of key.specs)
    if (keyNorm === 'eman' || isParameter(spec))
      key.replace(spec.name, blend(key.current(spec.name), query.current(spec.name), follow));
}

/** One step of MoCo (He et al. 2020, algorithm 1). Fed by `mocoFeeds`; outputs loss, accuracy, spread, all []. */
export function mocoStep(encoder: Architecture, settings: MocoSettings): Program {
  const { batch: n, side, queue: rows, temperature, keyNorm, groups } = settings;
  const frozen = new Weights('query', frozenWeights(encoder)); // serves keys as well
  const query = new Weights('query', trainableWeights(encoder));
  const key = new Weights('key', trainableWeights(encoder));
  const queue = variable(QUEUE, [rows, encoder.dim]); // [K, C]
  const queueIds = variable(QUEUE_IDS, [rows], 'int32'); // [K]
  const ids = input('ids', [n], 'int32'); // [N]
  const first = input('query views', [n, side, side, 3]); // [N, S, S, 3]
  const second = input('key views', [n, side, side, 3]); // [N, S, S, 3]

  const mapsOf = (views: Tensor): Tensor => stem(frozen, views, encoder); // [N, H, W, D]
  // Shuffled over the batch-norm groups, so that a key's statistics do not tell its query's; or no batch statistics.
  const encodeKeys = (views: Tensor): Tensor => {
    if (keyNorm === 'eman') return unitRows(encodeFrom(key, mapsOf(views), encoder, 'frozen')); // [N, C]
    const shuffled = gatherRows(views, input('order', [n], 'int32')); // [N, S, S, 3]
    const keys = unitRows(encodeFrom(key, mapsOf(shuffled), encoder, { groups })); // [N, C]
    return gatherRows(keys, input('inverse order', [n], 'int32')); // [N, C]
  };
  const contrast = (queryViews: Tensor, keyViews: Tensor) => {
    const q = unitRows(encodeFrom(query, mapsOf(queryViews), encoder, { groups })); // [N, C]
    const k = stopGradient(encodeKeys(keyViews)); // [N, C]
    return { q, k, ...infoNce(q, k, queue, ids, queueIds, temperature) };
  };

  momentumUpdate(key, query, scalar('follow'), keyNorm);
  const one = contrast(first, second);
  // Each view once as query, once as key, both against the queue as it was; the mean of the halves.
  const two = settings.symmetric ? contrast(second, first) : null;
  const halves = (a: Tensor, b: Tensor | undefined): Tensor => (b ? scale(add(a, b), 0.5) : a);
  const loss = halves(one.loss, two?.loss);
  const velocities = sgd(query, loss, scalar('minus learning rate'), settings);

  const pointer = scalar('pointer');
  const keys = two ? concatRows(one.k, two.k) : one.k; // [N or 2N, C]
  const keyIds = two ? concatRows(ids, ids) : ids;
  return {
    name: 'moco step',
    outputs: { loss, accuracy: halves(one.accuracy, two?.accuracy), spread: spread(one.q) },
    updates: {
      ...query.updates(),
      ...key.updates(),
      ...velocities,
      [QUEUE]: enqueue(queue, keys, pointer),
      [QUEUE_IDS]: enqueue(queueIds, keyIds, pointer),
    },
  };
}

/** Keys that a step enqueues. */
export const keysPerStep = ({ batch, symmetric }: Pick<MocoSettings, 'batch' | 'symmetric'>): number =>
  symmetric ? 2 * batch : batch;

/** What one step is fed. */
export interface MocoBatch {
  /** Normalised views, [N, S, S, 3]. */
  query: Float32Array;
  key: Float32Array;
  /** The picture of each row. */
  ids: Int32Array;
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
  return {
    ids: batch.ids,
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
