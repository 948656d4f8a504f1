import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../../core/config';
import type { Executable } from '../executor';
import { openBackend } from './backends/open';
import { Jobs } from './jobs';

/** A Keras network as TensorFlow.js stores it, cut off after the layer whose maps are wanted. */
export interface FrozenNetwork {
  /** The `modelTopology` of a model.json. */
  topology: object;
  /** Its list of weights, in the order of `data`. */
  weights: tf.io.WeightsManifestEntry[];
  data: ArrayBuffer;
}

/** How the network is fed and what comes out of it. */
export interface FrozenShape {
  batch: number;
  /** Side of the pictures given, and the side that they are resized to. */
  side: number;
  resized: number;
  /** Normalised pictures are turned back by these into values of 0 .. 1, which is what the network takes. */
  mean: number;
  deviation: number;
}

/**
 * A network that was trained elsewhere and only computes: 'pictures' [batch, side, side, 3] -> 'embeddings' [batch, D],
 * the mean over the positions of its last layer. Always TensorFlow.js, whose layers package reads it and is loaded here.
 * @throws Fault('device') when the backend is not to be had
 */
export async function openFrozen(
  backend: BackendName,
  { topology, weights, data }: FrozenNetwork,
  { batch, side, resized, mean, deviation }: FrozenShape,
): Promise<Executable> {
  const { name, lost } = await openBackend(backend);
  const jobs = new Jobs(name, lost);
  // The package makes its variables on the backend that is current.
  await jobs.run(() => undefined);
  const layers = await import('@tensorflow/tfjs-layers');
  const model = await layers.loadLayersModel(
    tf.io.fromMemory({ modelTopology: topology, weightSpecs: weights, weightData: data }),
  );

  const compute = (pictures: Float32Array): tf.Tensor =>
    tf.tidy(() => {
      const values = tf.add(tf.mul(tf.tensor4d(pictures, [batch, side, side, 3]), deviation), mean);
      const fed = tf.image.resizeBilinear(values as tf.Tensor4D, [resized, resized], false, true);
      return tf.mean(model.apply(fed) as tf.Tensor, [1, 2]);
    });

  return {
    async run({ pictures }) {
      const embeddings = await jobs.run(() => compute(pictures as Float32Array));
      try {
        return { embeddings: (await jobs.orLost(embeddings.data<'float32'>())).slice() };
      } finally {
        embeddings.dispose();
      }
    },
    dispose: () => jobs.runUnwatched(() => void model.dispose()),
  };
}
