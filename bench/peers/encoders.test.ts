import { defaultDevice, init, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { beforeAll, test } from 'vitest';
import type { Stem } from '../../src/core/config';
import { createTensorflowExecutor } from '../../src/engine/tensorflow/executor';
import type { Architecture } from '../../src/learn/backbones/architecture';
import { type ResNetShape, resnet } from '../../src/learn/backbones/resnet';
import { embedProgram } from '../../src/learn/embed';
import { encoderWeights } from '../../src/learn/encoder';
import { initialWeights } from '../../src/learn/initial';
import { expectClose, normals } from '../../src/learn/tiny.testing';
import { variableName } from '../../src/learn/weights';
import { embed, project } from './jax_encoder';
import { pictures, weightsOf } from './jax_layout';
import { StockEncoder } from './stock_encoder';

// What peers are timed at is our network and no other: on the processor all three come to the same.

const [BATCH, SIDE] = [3, 20];
const values = normals(BATCH * SIDE * SIDE * 3, 1);
const DIM = 8;
const shapeOf = (stem: Stem): ResNetShape => ({ block: 'basic', blocks: [1, 1], width: 4, stem });
const encoderOf = (shape: ResNetShape): Architecture => ({ backbone: resnet(shape), head: 'linear', dim: DIM });

beforeAll(async () => {
  await init('cpu');
  defaultDevice('cpu');
});

test.each(['cifar', 'imagenet'] as const)('embeddings by running statistics, %s stem', async (stem) => {
  const shape = shapeOf(stem);
  const weights = initialWeights(encoderWeights(encoderOf(shape)), 0);
  const executor = await createTensorflowExecutor('cpu');
  executor.write(Object.fromEntries(Object.entries(weights).map(([name, of]) => [variableName('query', name), of])));
  const program = await executor.compile(embedProgram(encoderOf(shape), 'query', SIDE, BATCH));
  const { embeddings } = await program.run({ pictures: values });
  const stock = new StockEncoder(false, shape, weights).embed(tf.tensor4d(values, [BATCH, SIDE, SIDE, 3]));
  expectClose(await stock.data(), embeddings, 4);
  expectClose(await embed(weightsOf(weights), pictures(values, BATCH, SIDE), shape).data(), embeddings, 4);
  executor.dispose();
});

test.each(['cifar', 'imagenet'] as const)('gradients of the first layer by batch statistics, %s stem', async (stem) => {
  const shape = shapeOf(stem);
  const weights = initialWeights(encoderWeights(encoderOf(shape)), 0);
  const stock = new StockEncoder(true, shape, weights);
  const first = stock.weight('conv1.weight');
  // Two of the three pictures: batch norm leaves no gradient to a sum over all.
  const ofStock = (): tf.Scalar => {
    const projected = stock.project(tf.tensor4d(values, [BATCH, SIDE, SIDE, 3]));
    return tf.sum(tf.square(tf.slice(projected, [0, 0], [2, DIM])));
  };
  const { grads } = tf.variableGrads(ofStock, [first]);
  const all = weightsOf(weights);
  const ofJax = (layer: np.Array): np.Array => {
    const { projection } = project({ ...tree.ref(all), 'conv1.weight': layer }, pictures(values, BATCH, SIDE), shape);
    return np.square(projection.slice([0, 2])).sum();
  };
  const [, gradient] = valueAndGrad(ofJax)(all['conv1.weight'].ref);
  expectClose(await gradient.data(), await tf.transpose(grads[first.name], [3, 2, 0, 1]).data(), 3);
});
