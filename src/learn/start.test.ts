import { describe, expect, test } from 'vitest';
import type { Stem } from '../core/config';
import { Fault } from '../core/fault';
import { writeSafetensors } from '../core/formats/write_safetensors';
import { Draws } from '../core/random';
import type { NamedArray } from '../core/records';
import { createProcessorExecutor } from '../engine/processor/executor';
import { input } from '../graph/ops/leaves';
import { architecture } from './backbones/architecture';
import { convolve, normalise } from './backbones/layers';
import { backboneWeights, encoderWeights } from './encoder';
import { initialWeights } from './initial';
import { openRun } from './run';
import { readStartWeights } from './start';
import { TINY, tinySource } from './tiny.testing';
import { toTorch } from './torch_layout';
import { owned, Weights } from './weights';

const resnet8 = (stem: Stem) => architecture({ backbone: 'resnet8', width: 16, stem, head: 'linear', dim: 10 });
const RESNET8 = resnet8('imagenet');

/** A file as torchvision writes it: the head and the counted batches are in it. */
function torchFile(change: (tensors: Record<string, NamedArray>) => void = () => undefined, producer = 'torch') {
  const weights = initialWeights(encoderWeights(RESNET8), 7);
  const draws = new Draws({ seed: 1, purpose: 'weights' });
  for (const values of [weights['bn1.running_mean'], weights['bn1.running_var'], weights['bn1.bias']])
    for (let i = 0; i < 16; i++) values.data[i] = draws.uniform(0.5, 1.5);
  const specs = encoderWeights(RESNET8);
  const tensors: Record<string, NamedArray> = Object.fromEntries(
    specs.map((spec) => [spec.name, toTorch(spec, weights[spec.name])]),
  );
  tensors['bn1.num_batches_tracked'] = { shape: [], data: Int32Array.of(5) };
  change(tensors);
  return { weights, bytes: writeSafetensors(tensors, { format: 'pt', producer }).buffer as ArrayBuffer };
}

const refusal = (bytes: ArrayBuffer): string => {
  try {
    readStartWeights('resnet.safetensors', bytes);
  } catch (cause) {
    if (cause instanceof Fault) return cause.message;
    throw cause;
  }
  return 'taken';
};

describe('weights to start from', () => {
  test('say which backbone they are; the head is left aside', () => {
    const { encoder, weights } = readStartWeights('a', torchFile().bytes);
    expect(encoder).toEqual({ backbone: 'resnet8', width: 16, stem: 'imagenet' });
    expect(Object.keys(weights).sort()).toEqual(
      backboneWeights(RESNET8)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('of this app come as they were saved', () => {
    const { weights, bytes } = torchFile(undefined, 'Lookalike');
    const read = readStartWeights('a', bytes).weights;
    for (const [name, { data }] of Object.entries(read)) expect(data).toEqual(weights[name].data);
  });

  test('of ImageNet see our views as they saw their own', async () => {
    const { weights, bytes } = torchFile();
    const ours = readStartWeights('a', bytes).weights;
    const executor = await createProcessorExecutor(1);
    // One picture of noise in 0 .. 1, normalised in both ways.
    const side = 20;
    const draws = new Draws({ seed: 2, purpose: 'weights' });
    const picture = Float32Array.from({ length: side * side * 3 }, () => draws.uniform(0, 1));
    const [mean, deviation] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ];
    const seen = async (owner: string, given: Record<string, NamedArray>, fed: Float32Array) => {
      executor.write(owned(owner, given));
      const x = input('x', [1, side, side, 3]);
      const own = new Weights(owner);
      const y = normalise(own, 'bn1', convolve(own, 'conv1', x, { window: 7, stride: 2, outputs: 16 }), 'frozen');
      const program = await executor.compile({ name: owner, outputs: { y }, updates: {} });
      return (await program.run({ x: fed })).y; // [10, 10, 16]
    };
    const theirs = await seen(
      'theirs',
      weights,
      picture.map((value, i) => (value - mean[i % 3]) / deviation[i % 3]),
    );
    const as = await seen(
      'ours',
      ours,
      picture.map((value) => (value - 0.5) / 0.25),
    );
    let inner = 0;
    for (let y = 2; y < 8; y++)
      for (let x = 2; x < 8; x++)
        for (let c = 0; c < 16; c++) {
          const at = (y * 10 + x) * 16 + c;
          inner = Math.max(inner, Math.abs(as[at] - theirs[at]));
        }
    expect(inner).toBeLessThan(1e-4);
    executor.dispose();
  });

  test.each([
    [
      'no ResNet',
      (t: Record<string, NamedArray>) => void delete t['conv1.weight'],
      "not a backbone that is known here: it has no tensor 'conv1.weight'",
    ],
    ['a missing weight', (t: Record<string, NamedArray>) => void delete t['layer2.0.bn2.bias'], 'is missing'],
    [
      'a weight too many',
      (t: Record<string, NamedArray>) => void Object.assign(t, { 'layer1.0.se.weight': t['bn1.bias'] }),
      'is not a weight of this encoder',
    ],
    [
      'a wrong shape',
      (t: Record<string, NamedArray>) =>
        void Object.assign(t, { 'layer1.0.bn1.bias': { shape: [8], data: new Float32Array(8) } }),
      'has the shape [8] and should have [16]',
    ],
    ['an infinity', (t: Record<string, NamedArray>) => void t['bn1.bias'].data.fill(Infinity, 3, 4), 'not numbers'],
    [
      'another number of blocks',
      (t: Record<string, NamedArray>) => void Object.assign(t, { 'layer1.1.conv1.weight': t['layer1.0.conv1.weight'] }),
      'no ResNet here has 2, 1, 1, 0 basic blocks',
    ],
  ])('refuse %s, and say what is wrong', (_, change, words) => {
    expect(refusal(torchFile(change).bytes)).toContain(words);
  });
});

test('a run begins with them in both encoders, and what is frozen does not move', async () => {
  const config = { ...TINY, width: 16 as const, frozen: 2 };
  const encoder = { backbone: 'resnet8', width: 16, stem: 'cifar' } as const;
  const weights = initialWeights(backboneWeights(resnet8('cifar')), 99);
  const executor = await createProcessorExecutor(1);
  const run = await openRun(executor, config, tinySource(12), null, { start: { encoder, weights } });
  const names = ['conv1.weight', 'bn1.running_mean', 'layer1.0.conv2.weight', 'layer2.0.conv1.weight'];
  const of = async (owner: string) => {
    const { variables } = await run.state();
    return names.map((name) => variables[`${owner}.${name}`].data);
  };
  const given = names.map((name) => weights[name].data);
  expect(await of('query')).toEqual(given);
  const { variables } = await run.state();
  expect(variables['key.layer2.0.conv1.weight'].data).toEqual(given[3]);
  for (const name of names.slice(0, 3)) expect(variables).not.toHaveProperty([`key.${name}`]);
  expect(variables).not.toHaveProperty(['velocity.conv1.weight']);
  for await (const { step } of run.train()) if (step === 2) break;
  const after = await of('query');
  expect(after.slice(0, 3)).toEqual(given.slice(0, 3));
  expect(after[3]).not.toEqual(given[3]);
  executor.dispose();
});
