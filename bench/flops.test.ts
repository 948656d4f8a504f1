import { expect, test } from 'vitest';
import { embedFlops, stepFlops } from './flops';

const [WIDTH, SIDE, DIM, QUEUE] = [64, 32, 128, 4096];
const STEM = SIDE ** 2 * 9 * 3 * WIDTH;

/** Of the CIFAR ResNet-18 with stages of 2 blocks: written out layer by layer, multiply-adds of one picture. */
function backboneByHand(): number {
  let sum = STEM;
  [1, 2, 4, 8].forEach((factor, stage) => {
    const [outer, places] = [WIDTH * factor, (SIDE / factor) ** 2];
    const inner = stage === 0 ? outer : outer / 2;
    sum += places * 9 * outer * (inner + 3 * outer) + (stage === 0 ? 0 : places * inner * outer);
  });
  return sum;
}

test('an embedding is the forward pass without the head', () => {
  expect(embedFlops('resnet18', 3)).toBe(3 * 2 * backboneByHand());
});

test('a step is four forward passes without the gradient of the pictures, and the logits there and back', () => {
  const passes = 4 * (backboneByHand() + 8 * WIDTH * DIM) - STEM;
  expect(stepFlops('resnet18', 2)).toBe(2 * 2 * (passes + 2 * QUEUE * DIM));
  expect(stepFlops('resnet18', 1)).toBeGreaterThan(4.4e9);
  expect(stepFlops('resnet18', 1)).toBeLessThan(4.5e9);
});
