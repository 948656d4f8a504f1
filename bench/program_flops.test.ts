import { expect, test } from 'vitest';
import { compile } from '../src/engine/plan/lower/compile';
import { NO_FUSIONS, SOFTWARE } from '../src/engine/plan/tune/tuning';
import { compile as compileForProcessors } from '../src/engine/processor/lower/compile';
import { matMul, mean } from '../src/graph/ops/arithmetic';
import { conv2d, depthwiseConv2d, meanPool } from '../src/graph/ops/convolution';
import { gradients, input, stopGradient, variable } from '../src/graph/ops/leaves';
import { mocoStep } from '../src/learn/methods/moco';
import { TINY_ENCODER, TINY_MOCO } from '../src/learn/tiny.testing';
import { programFlops } from './program_flops';

test('a convolution and a product cost their multiply-adds, and as much again for each operand that gets a gradient', () => {
  const filter = variable('filter', [3, 3, 5, 7]);
  const matrix = variable('matrix', [7, 4]);
  const made = conv2d(input('pictures', [2, 6, 6, 5]), filter, { stride: 2, padding: 1 });
  const product = matMul(meanPool(made), matrix);
  const convolution = 2 * (2 * 3 * 3 * 7) * (3 * 3 * 5);
  const multiplication = 2 * (2 * 4) * 7;
  expect(programFlops({ name: 'forward', outputs: { product }, updates: {} })).toBe(convolution + multiplication);

  const derivatives = gradients(mean(product), [filter, matrix]);
  const outputs = { filter: derivatives[0], matrix: derivatives[1] };
  // The pictures need no gradient; both the product's operands do.
  expect(programFlops({ name: 'both', outputs, updates: {} })).toBe(2 * convolution + 3 * multiplication);

  const [alone] = gradients(mean(matMul(stopGradient(meanPool(made)), matrix)), [matrix]);
  const cut = { name: 'cut', outputs: { alone }, updates: {} };
  expect(programFlops(cut)).toBe(convolution + 2 * multiplication);
});

test('a depthwise convolution costs a window of multiply-adds for each value', () => {
  const made = depthwiseConv2d(input('pictures', [2, 6, 6, 8]), variable('filter', [3, 3, 8, 1]), { padding: 1 });
  expect(programFlops({ name: 'forward', outputs: { made }, updates: {} })).toBe(2 * (2 * 6 * 6 * 8) * 9);
});

const STEPS = [
  ['grouped norms', {}],
  ['symmetric', { symmetric: true, batch: 2 }],
  ['EMAN', { keyNorm: 'eman' as const }],
] as const;

test.each(STEPS)('the kernels of a step of MoCo come to the same, on both plans: %s', (_, change) => {
  const program = mocoStep(TINY_ENCODER, { ...TINY_MOCO, ...change });
  const { commands } = compile(program, { ...SOFTWARE, fuse: NO_FUSIONS });
  const launches = compileForProcessors(program, 2, 0).commands;
  const sum = (costs: readonly { flops?: number }[]) => costs.reduce((all, { flops = 0 }) => all + flops, 0);
  expect(sum(commands as readonly { flops?: number }[])).toBe(programFlops(program));
  expect(sum(launches as readonly { flops?: number }[])).toBeCloseTo(programFlops(program), 3);
});
