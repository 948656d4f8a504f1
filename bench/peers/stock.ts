import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { ResNetShape } from '../../src/learn/backbones/resnet';
import { encoderWeights } from '../../src/learn/encoder';
import { isParameter } from '../../src/learn/weights';
import { type EncoderData, encoderData } from '../encoder_data';
import { KEY_MOMENTUM, LEARNING_RATE, mocoSettings, NETWORKS, type NetworkName } from '../networks';
import type { Opener, Work } from '../work';
import { StockEncoder } from './stock_encoder';

// TensorFlow.js as it comes, on the device that it makes itself, with the step as its documentation would have it written:
// its ops, its automatic differentiation, assignments to variables. Lighter than ours by two things: pictures are not
// shuffled (one norm group), and no picture's own keys are masked.

export async function openStock(): Promise<Opener> {
  await tf.setBackend('webgpu');
  return (task) => {
    if (task.row !== 'step' && task.row !== 'embed') return null;
    const { side, resnet: shape } = NETWORKS[task.network];
    if (!shape) return null;
    const data = encoderData(task);
    const pictures = (views: Float32Array) => tf.tensor4d(views, [task.batch, side, side, 3]);
    const make = task.row === 'step' ? mocoStep : embedding;
    return { open: async () => make({ ...task, shape }, data, pictures) };
  };
}

type Make = (
  what: { network: NetworkName; batch: number; shape: ResNetShape },
  data: EncoderData,
  pictures: (views: Float32Array) => tf.Tensor4D,
) => Work;

const bytesHeld = () => tf.memory().numBytes;

const firstOf = async (tensor: tf.Tensor): Promise<number> => {
  const [first] = await tensor.data();
  tensor.dispose();
  return first;
};

const unitRows = (x: tf.Tensor): tf.Tensor => tf.div(x, tf.maximum(tf.norm(x, 2, 1, true), 1e-12));

const mocoStep: Make = ({ network, batch, shape }, data, pictures) => {
  const { encoder } = NETWORKS[network];
  const { queue: rows, temperature, optimizerMomentum, weightDecay } = mocoSettings(network, batch);
  const [query, key] = [true, false].map((trainable) => new StockEncoder(trainable, shape, data.weights));
  const parameters = encoderWeights(encoder)
    .filter(isParameter)
    .map(({ name }) => name);
  const velocities = parameters.map((name) => tf.variable(tf.zerosLike(query.weight(name)), false));
  const [queueRows] = Object.values(data.queue);
  const queue = tf.variable(tf.tensor2d(queueRows.data as Float32Array, [rows, encoder.dim]), false);
  const [queryViews, keyViews] = [pictures(data.query), pictures(data.key)];

  const infoNce = (q: tf.Tensor, k: tf.Tensor): tf.Scalar => {
    const positive = tf.sum(tf.mul(q, k), 1, true); // [N, 1]
    const negative = tf.matMul(q, queue, false, true); // [N, K]
    const logits = tf.div(tf.concat([positive, negative], 1), temperature); // [N, 1 + K]
    return tf.neg(tf.mean(tf.slice(tf.logSoftmax(logits), [0, 0], [batch, 1])));
  };
  const step = (): tf.Scalar =>
    tf.tidy(() => {
      for (const name of parameters) {
        const [old, next] = [tf.mul(key.weight(name), KEY_MOMENTUM), tf.mul(query.weight(name), 1 - KEY_MOMENTUM)];
        key.weight(name).assign(tf.add(old, next));
      }
      const k = unitRows(key.project(keyViews));
      const { value, grads } = tf.variableGrads(
        () => infoNce(unitRows(query.project(queryViews)), k),
        parameters.map((name) => query.weight(name)),
      );
      parameters.forEach((name, i) => {
        const weight = query.weight(name);
        const decayed = tf.add(grads[weight.name], tf.mul(weight, weightDecay));
        velocities[i].assign(tf.add(tf.mul(velocities[i], optimizerMomentum), decayed));
        weight.assign(tf.sub(weight, tf.mul(velocities[i], LEARNING_RATE)));
      });
      queue.assign(tf.concat([tf.slice(queue, [batch, 0], [rows - batch, encoder.dim]), k], 0) as tf.Tensor2D);
      return value;
    });
  return { run: () => firstOf(step()), bytesHeld };
};

const embedding: Make = ({ shape }, data, pictures) => {
  const encoder = new StockEncoder(false, shape, data.weights);
  const views = pictures(data.query);
  return { run: () => firstOf(tf.tidy(() => encoder.embed(views))), bytesHeld };
};
