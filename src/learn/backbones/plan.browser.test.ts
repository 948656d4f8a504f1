import { expect, test } from 'vitest';
import { Draws } from '../../core/random';
import type { Executor } from '../../engine/executor';
import { openGraphics } from '../../engine/graphics';
import { createPlanExecutor } from '../../engine/plan/executor';
import { createProcessorExecutor } from '../../engine/processor/executor';
import { apart } from '../../engine/testing/values';
import { mean } from '../../graph/ops/arithmetic';
import { gradients, input } from '../../graph/ops/leaves';
import { rowDot } from '../../graph/ops/rows';
import type { Program } from '../../graph/program';
import { encodeFrom, encoderWeights, stem, trainableWeights } from '../encoder';
import { initialWeights } from '../initial';
import { isParameter, variableName, Weights } from '../weights';
import type { Architecture } from './architecture';
import { inceptionV3 } from './inception_v3';

// A part of a network with pretrained weights is trained by both plans alike.

const { device } = await openGraphics();
const SIDE = 64;
const inception: Architecture = { backbone: inceptionV3(), head: 'linear', dim: 8 };

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
  executor.dispose();
  return values;
}

test('InceptionV3 with its lower stages frozen and running statistics has the same gradients by both plans', async () => {
  const encoder: Architecture = { ...inception, frozen: 4, norms: 'running' };
  const pictures = stem(new Weights('query'), input('pictures', [2, SIDE, SIDE, 3]), encoder);
  const weights = new Weights('query', trainableWeights(encoder));
  const projection = encodeFrom(weights, pictures, encoder, { groups: 1 });
  const loss = mean(rowDot(projection, projection));
  const parameters = weights.specs.filter(isParameter);
  const derivatives = gradients(
    loss,
    parameters.map(({ name }) => weights.current(name)),
  );
  const named = Object.fromEntries(derivatives.map((gradient, i) => [parameters[i].name, gradient]));
  const program: Program = { name: 'gradients', outputs: { loss, ...named }, updates: {} };
  const plan = await made(createPlanExecutor(device), encoder, program);
  const reference = await made(await createProcessorExecutor(), encoder, program);
  expect(Object.keys(reference)).toHaveLength(1 + 3 * 24 + 2);
  for (const [name, values] of Object.entries(reference)) expect(apart(plan[name], values), name).toBeLessThan(1e-3);
});
