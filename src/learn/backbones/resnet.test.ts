import { describe, expect, test } from 'vitest';
import type { BackboneName, Stem } from '../../core/config';
import { input } from '../../graph/ops/leaves';
import { topological } from '../../graph/program';
import { elements } from '../../graph/tensor';
import { embed, encoderWeights } from '../encoder';
import { torchShape } from '../torch_layout';
import { isParameter, Weights } from '../weights';
import { architecture, embeddingDim } from './architecture';

const encoder = (backbone: BackboneName, stem: Stem = 'imagenet') =>
  architecture({ backbone, width: 64, stem, head: 'linear', dim: 1000 });

describe('torchvision twins', () => {
  // sum(p.numel() for p in torchvision.models.resnet18().parameters()), and number of parameters and statistics.
  test.each([
    ['resnet18', 11_689_512, 62, 40],
    ['resnet34', 21_797_672, 110, 72],
    ['resnet50', 25_557_032, 161, 106],
  ] as const)('%s has as many weights as torchvision', (name, size, parameters, statistics) => {
    const specs = encoderWeights(encoder(name));
    const trained = specs.filter(isParameter);
    expect(trained.reduce((sum, { shape }) => sum + elements(shape), 0)).toBe(size);
    expect(trained.length).toBe(parameters);
    expect(specs.length - trained.length).toBe(statistics);
  });

  test('names and torch shapes of a bottleneck with a shortcut', () => {
    const shapes = new Map(encoderWeights(encoder('resnet50')).map((spec) => [spec.name, torchShape(spec)]));
    expect(shapes.get('conv1.weight')).toEqual([64, 3, 7, 7]);
    expect(shapes.get('layer2.0.conv1.weight')).toEqual([128, 256, 1, 1]);
    expect(shapes.get('layer2.0.conv2.weight')).toEqual([128, 128, 3, 3]);
    expect(shapes.get('layer2.0.conv3.weight')).toEqual([512, 128, 1, 1]);
    expect(shapes.get('layer2.0.downsample.0.weight')).toEqual([512, 256, 1, 1]);
    expect(shapes.get('layer2.0.downsample.1.running_var')).toEqual([512]);
    expect(shapes.get('fc.weight')).toEqual([1000, 2048]);
  });

  test('the MLP head is named as the MoCo authors name it', () => {
    const specs = encoderWeights({ ...encoder('resnet18'), head: 'mlp', dim: 128 });
    const head = specs.filter(({ name }) => name.startsWith('fc'));
    expect(head.map((spec) => [spec.name, torchShape(spec)])).toEqual([
      ['fc.0.weight', [512, 512]],
      ['fc.0.bias', [512]],
      ['fc.2.weight', [128, 512]],
      ['fc.2.bias', [128]],
    ]);
  });
});

test.each([
  ['resnet8', 'cifar', 64],
  ['resnet18', 'cifar', 128],
  ['resnet50', 'imagenet', 512],
] as const)('%s with the %s stem puts out embeddings [N, %i]', (name, stem, dim) => {
  const small = architecture({ backbone: name, width: 16, stem, head: 'mlp', dim: 128 });
  expect(embed(new Weights('query'), input('x', [2, 32, 32, 3]), small, 'frozen').shape).toEqual([2, dim]);
  expect(embeddingDim(small)).toBe(dim);
});

test('a bottleneck strides on its 3 x 3 convolution, and the shortcut on its 1 x 1', () => {
  const embedding = embed(new Weights('query'), input('x', [1, 32, 32, 3]), encoder('resnet50', 'cifar'), 'frozen');
  const strided = topological([embedding]).flatMap(({ kind, attributes, inputs }) =>
    kind === 'conv2d' && attributes.stride === 2 ? [inputs[1].shape[0]] : [],
  );
  expect(strided.sort()).toEqual([1, 1, 1, 3, 3, 3]);
});
