import { expect, test } from 'vitest';
import { matMul, relu } from '../src/graph/ops/arithmetic';
import { conv2d } from '../src/graph/ops/convolution';
import { input, variable } from '../src/graph/ops/leaves';
import { architecture } from '../src/learn/backbones/architecture';
import { embedFlops, forwardFlops, stepFlops } from './flops';

test('a convolution costs 2 N H W O k k I, whatever its stride leaves of H and W', () => {
  const x = input('x', [3, 9, 7, 5]);
  const weights = variable('w', [3, 3, 5, 4]);
  expect(forwardFlops([conv2d(x, weights, { padding: 1 })])).toBe(2 * 3 * 9 * 7 * 4 * 9 * 5);
  expect(forwardFlops([conv2d(x, weights, { padding: 1, stride: 2 })])).toBe(2 * 3 * 5 * 4 * 4 * 9 * 5);
});

test('a product costs 2 N I O, either way round, and a node that is used twice is counted once', () => {
  const x = input('x', [6, 5]);
  const product = matMul(x, variable('w', [5, 4]));
  expect(forwardFlops([product, relu(product)])).toBe(2 * 6 * 5 * 4);
  expect(forwardFlops([matMul(x, variable('v', [4, 5]), { transposeRight: true })])).toBe(2 * 6 * 5 * 4);
});

/** Of the CIFAR ResNet-18 with stages of 2 blocks: written out layer by layer, multiply-adds of one picture. */
function resnet18ByHand(width: number, side: number, dim: number): number {
  let sum = side ** 2 * 9 * 3 * width;
  [1, 2, 4, 8].forEach((factor, stage) => {
    const [outer, places] = [width * factor, (side / factor) ** 2];
    const inner = stage === 0 ? outer : outer / 2;
    sum += places * 9 * outer * (inner + 3 * outer) + (stage === 0 ? 0 : places * inner * outer);
  });
  return sum + 8 * width * dim;
}

test('a step is four forward passes: ResNet-18 at 32 px takes 4.4 billion a picture', () => {
  const encoder = (width: 32 | 64) =>
    architecture({ backbone: 'resnet18', width, stem: 'cifar', head: 'linear', dim: 128 });
  for (const width of [32, 64] as const)
    expect(stepFlops(encoder(width), 32)).toBe(4 * 2 * resnet18ByHand(width, 32, 128));
  expect(stepFlops(encoder(64), 32)).toBeGreaterThan(4.4e9);
  expect(stepFlops(encoder(64), 32)).toBeLessThan(4.5e9);
});

test('an embedding is the forward pass without the head', () => {
  const encoder = architecture({ backbone: 'resnet18', width: 64, stem: 'cifar', head: 'linear', dim: 128 });
  expect(embedFlops(encoder, 32)).toBe(2 * resnet18ByHand(64, 32, 0));
});
