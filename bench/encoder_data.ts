import { Draws } from '../src/core/random';
import type { NamedArray } from '../src/core/records';
import { encoderWeights } from '../src/learn/encoder';
import { initialWeights } from '../src/learn/initial';
import { initialQueue } from '../src/learn/queue';
import { mocoSettings, NETWORKS } from './networks';
import type { Task } from './work';

const SEED = 0;

/** What a step or an embedding starts from: the same numbers for every peer. */
export interface EncoderData {
  /** By torchvision's names, HWIO and [in, out]. */
  weights: Readonly<Record<string, NamedArray>>;
  /** Unit rows [K, C] and the picture of each. */
  queue: Readonly<Record<string, NamedArray>>;
  /** [N, S, S, 3]. */
  query: Float32Array;
  key: Float32Array;
}

function views(size: number, view: number): Float32Array {
  const draws = new Draws({ seed: SEED, purpose: 'sample', view });
  return Float32Array.from({ length: size }, () => draws.normal());
}

export function encoderData({ network, batch }: Extract<Task, { row: 'step' | 'embed' }>): EncoderData {
  const { encoder, side } = NETWORKS[network];
  const size = batch * side * side * 3;
  return {
    weights: initialWeights(encoderWeights(encoder), SEED),
    queue: initialQueue(mocoSettings(network, batch).queue, encoder.dim, SEED),
    query: views(size, 0),
    key: views(size, 1),
  };
}
