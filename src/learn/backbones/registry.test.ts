import { describe, expect, test } from 'vitest';
import { programFlops } from '../../../bench/program_flops';
import type { BackboneName } from '../../core/config';
import { writeSafetensors } from '../../core/formats/write_safetensors';
import { STAGES } from '../../core/representation';
import { mapSize } from '../../core/stages';
import { MULTIPLY_ADDS } from '../../core/training_cost';
import type { Executor } from '../../engine/executor';
import { createProcessorExecutor } from '../../engine/processor/executor';
import { input } from '../../graph/ops/leaves';
import { leaves } from '../../graph/program';
import { elements } from '../../graph/tensor';
import { backboneWeights, embed, encoderWeights, frozenWeights, runStages, trainableWeights } from '../encoder';
import { initialWeights } from '../initial';
import { openRun } from '../run';
import { readStartWeights } from '../start';
import { expectClose, normals, TINY, tinySource } from '../tiny.testing';
import { fileTensors } from '../torch_layout';
import { owned, Weights } from '../weights';
import { architecture } from './architecture';
import { BACKBONES } from './registry';

const NAMES = Object.keys(BACKBONES) as BackboneName[];
const encoderOf = (backbone: BackboneName, learning = {}) =>
  architecture({ backbone, width: 16, stem: 'imagenet', head: 'mlp', dim: 8 }, learning);
const SIDE = 64;

describe.each(NAMES)('%s', (name) => {
  const encoder = encoderOf(name);
  const { stages, mirror, layout } = encoder.backbone;

  test('has the stages that settings offer, with the channels that they say, and a decoder for them', () => {
    expect(stages.map((stage) => stage.name)).toEqual(STAGES[name]);
    const weights = new Weights('query');
    let maps = input('pictures', [2, SIDE, SIDE, 3]);
    for (const [i, { dim }] of stages.entries()) {
      maps = runStages(weights, maps, encoder, 'frozen', [i, i + 1]);
      expect(maps.shape[3]).toBe(dim);
      // What kept views will take is said before any graph is made.
      expect(elements(maps.shape)).toBe(2 * mapSize({ backbone: name, width: 16, stem: 'imagenet', side: SIDE }, i));
    }
    expect(maps.shape[1]).toBeLessThanOrEqual(SIDE / 2 ** mirror.length);
  });

  test('frozen and trainable weights are all weights, whatever is frozen, and the head is always trained', () => {
    const all = encoderWeights(encoder).map((spec) => spec.name);
    for (let frozen = 0; frozen <= stages.length; frozen++) {
      const own = encoderOf(name, { frozen });
      const below = frozenWeights(own).map((spec) => spec.name);
      const above = trainableWeights(own).map((spec) => spec.name);
      expect([...below, ...above]).toEqual(all);
      expect(above).toContain('fc.0.weight');
      expect(below.length > 0).toBe(frozen > 0);
    }
  });

  test('with running statistics throughout, a step changes none', () => {
    const weights = new Weights('query');
    embed(weights, input('pictures', [2, SIDE, SIDE, 3]), encoderOf(name, { norms: 'running' }), { groups: 1 });
    expect(weights.updates()).toEqual({});
  });

  test('a saved encoder is known by its tensors and read back as it was', () => {
    const variables = owned('query', initialWeights(encoderWeights(encoder), 1));
    const tensors = fileTensors(variables, encoder);
    const bytes = writeSafetensors(tensors, { producer: 'Lookalike' });
    const read = readStartWeights('model.safetensors', bytes.buffer as ArrayBuffer);
    expect(read.encoder.backbone).toBe(name);
    expect(Object.keys(read.weights)).toEqual(backboneWeights(encoder).map((spec) => spec.name));
    for (const [weight, { data }] of Object.entries(read.weights)) {
      const written = variables[`query.${weight}`];
      expect(data.findIndex((value, at) => value !== written.data[at])).toBe(-1);
      if (layout === 'keras') expect(tensors[weight]).toBe(written);
    }
  });
});

async function ran(
  executor: Executor,
  build: () => Parameters<Executor['compile']>[0],
  feeds: Record<string, Float32Array>,
) {
  const executable = await executor.compile(build());
  const outputs = await executable.run(feeds);
  executable.dispose();
  return outputs;
}

test.each(['resnet8', 'mobilenet-v2'] as const)(
  '%s goes on from the maps of a stage as from the pictures',
  async (name) => {
    const executor = await createProcessorExecutor(1);
    const encoder = encoderOf(name);
    executor.write(owned('query', initialWeights(encoderWeights(encoder), 2)));
    const { length } = encoder.backbone.stages;
    const shape = [2, 32, 32, 3];
    const pictures = normals(2 * 32 * 32 * 3, 0);
    const through = (x: ReturnType<typeof input>, from: number, to: number) =>
      runStages(new Weights('query'), x, encoder, 'frozen', [from, to]);
    const below = through(input('pictures', shape), 0, 3);
    const { maps } = await ran(executor, () => ({ name: 'below', outputs: { maps: below }, updates: {} }), {
      pictures,
    });
    const above = () => ({
      name: 'above',
      outputs: { y: through(input('maps', below.shape), 3, length) },
      updates: {},
    });
    const whole = () => ({ name: 'whole', outputs: { y: through(input('pictures', shape), 0, length) }, updates: {} });
    expect(leaves(above(), 'variable').size).toBeLessThan(leaves(whole(), 'variable').size);
    expectClose((await ran(executor, above, { maps })).y, (await ran(executor, whole, { pictures })).y);
    executor.dispose();
  },
);

test('a run of any backbone trains what is not frozen, and keeps its statistics where they are to stay', async () => {
  const executor = await createProcessorExecutor(1);
  const config = {
    ...TINY,
    backbone: 'mobilenet-v2' as const,
    side: 32,
    frozen: 6,
    method: 'simclr' as const,
    groups: 1,
  };
  const run = await openRun(executor, config, tinySource(8, 32), null);
  const before = (await run.state()).variables;
  for await (const { step } of run.train()) if (step === 1) break;
  const after = (await run.state()).variables;
  expect(after['query.Conv1.weight']).toEqual(before['query.Conv1.weight']);
  expect(after['query.bn_Conv1.running_mean']).toEqual(before['query.bn_Conv1.running_mean']);
  expect(after['query.Conv_1.weight'].data).not.toEqual(before['query.Conv_1.weight'].data);
  expect(Object.keys(after).filter((one) => one.startsWith('velocity.block_1_'))).toEqual([]);
  executor.dispose();
});

test.each(['inception-v3', 'mobilenet-v2'] as const)(
  '%s takes the multiply-adds by which times are foretold',
  (name) => {
    const views = input('pictures', [1, 128, 128, 3]);
    const counted = STAGES[name].map((_, i) => {
      const maps = runStages(new Weights('declared'), views, encoderOf(name), 'frozen', [0, i + 1]);
      return programFlops({ name: 'stages', outputs: { maps }, updates: {} }) / 2e6;
    });
    for (const [i, millions] of MULTIPLY_ADDS[name].entries()) expect(counted[i]).toBeCloseTo(millions, 0);
  },
);
