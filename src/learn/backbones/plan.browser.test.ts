import { expect, test } from 'vitest';
import { Draws } from '../../core/random';
import type { Executor } from '../../engine/executor';
import { openGraphics } from '../../engine/graphics';
import { isMeasurable } from '../../engine/measurable';
import { createPlanExecutor } from '../../engine/plan/executor';
import { createTensorflowExecutor } from '../../engine/tensorflow/executor';
import { apart } from '../../engine/testing/values';
import { mean } from '../../graph/ops/arithmetic';
import { gradients, input } from '../../graph/ops/leaves';
import { rowDot } from '../../graph/ops/rows';
import type { Program } from '../../graph/program';
import { embedProgram } from '../embed';
import { encodeFrom, encoderWeights, stem, trainableWeights } from '../encoder';
import { initialWeights } from '../initial';
import { isParameter, variableName, Weights } from '../weights';
import type { Architecture } from './architecture';
import { inceptionV3 } from './inception_v3';
import { mobilenetV2 } from './mobilenet_v2';

// The networks with pretrained weights run on the recorded plan as on TensorFlow.js.

const { device } = await openGraphics();
const SIDE = 64;
const inception: Architecture = { backbone: inceptionV3(), head: 'linear', dim: 8 };
const mobilenet: Architecture = { backbone: mobilenetV2(), head: 'linear', dim: 8 };

/** Weights with statistics as of a network that has learned: a norm at its start changes nothing. */
function weightsOf(encoder: Architecture) {
  const drawn = new Draws({ seed: 5, purpose: 'sample' });
  return Object.fromEntries(
    Object.entries(initialWeights(encoderWeights(encoder), 1)).map(([name, { shape, data }]) => {
      const learned = shape.length === 1 && name !== 'fc.bias';
      return [variableName('query', name), { shape, data: learned ? data.map(() => 0.5 + drawn.uniform()) : data }];
    }),
  );
}

async function made(executor: Executor, encoder: Architecture, program: Program) {
  executor.write(weightsOf(encoder));
  const drawn = new Draws({ seed: 7, purpose: 'sample' });
  const pictures = Float32Array.from({ length: 2 * SIDE * SIDE * 3 }, () => drawn.normal());
  const executable = await executor.compile(program);
  const values = await executable.run({ pictures });
  const dispatches = isMeasurable(executable) ? executable.report.dispatches : null;
  executor.dispose();
  return { values, dispatches };
}

test.each([
  // Each convolution with what follows it, three maxima, five averages, six concatenations, the mean, two for the range.
  ['InceptionV3', inception, 50 + 3 + 5 + 6 + 1 + 2],
  // Seventeen of the convolutions are depthwise; the sum with a block's input is in its last one.
  ['MobileNetV2', mobilenet, 52 + 1 + 2],
])(
  '%s embeds as on TensorFlow.js, each convolution with what follows it in one launch',
  async (_, encoder, launches) => {
    const program = embedProgram(encoder, 'query', SIDE, 2);
    const plan = await made(createPlanExecutor(device), encoder, program);
    const reference = await made(await createTensorflowExecutor('wasm'), encoder, program);
    expect(Math.max(...reference.values.embeddings)).toBeGreaterThan(0.01);
    expect(apart(plan.values.embeddings, reference.values.embeddings)).toBeLessThan(1e-4);
    expect(plan.dispatches).toBe(launches);
  },
);

test('InceptionV3 with its lower stages frozen and running statistics has the gradients of TensorFlow.js', async () => {
  const encoder: Architecture = { ...inception, frozen: 4, norms: 'running' };
  const pictures = stem(new Weights('query'), input('pictures', [2, SIDE, SIDE, 3]), encoder);
  const weights = new Weights('query', trainableWeights(encoder));
  const projection = encodeFrom(weights, pictures, encoder, { groups: 1 });
  const loss = mean(rowDot(projection, projection));
  const parameters = weights.specs.filter(isParameter);
  const slopes = gradients(
    loss,
    parameters.map(({ name }) => weights.current(name)),
  );
  const named = Object.fromEntries(slopes.map((slope, i) => [parameters[i].name, slope]));
  const program: Program = { name: 'gradients', outputs: { loss, ...named }, updates: {} };
  const plan = await made(createPlanExecutor(device), encoder, program);
  const reference = await made(await createTensorflowExecutor('wasm'), encoder, program);
  expect(Object.keys(reference.values)).toHaveLength(1 + 3 * 24 + 2);
  for (const [name, values] of Object.entries(reference.values))
    expect(apart(plan.values[name], values), name).toBeLessThan(1e-3);
});
