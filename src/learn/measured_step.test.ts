import { expect, test } from 'vitest';
import type { Executable } from '../engine/executor';
import type { KernelTime, Measurable } from '../engine/measurable';
import { matMul } from '../graph/ops/arithmetic';
import { input, variable } from '../graph/ops/leaves';
import { MeasuredStep } from './measured_step';

const program = {
  name: 'product',
  outputs: { y: matMul(input('x', [2, 3]), variable('w', [3, 4])) },
  updates: {},
};
const outputs = { y: new Float32Array(8) };
const plain: Executable = { run: async () => outputs, dispose: () => undefined };
const report = { dispatches: 1, submits: 1, bytes: 104, flops: 48 };

/** Takes these times, one profile after the other. */
const measurable = (...times: (KernelTime[] | null)[]): Measurable => ({
  ...plain,
  report,
  profile: async () => ({ outputs, kernels: times.shift() ?? null }),
});
const product = (milliseconds: number): KernelTime => ({ label: 'matMul', launches: 1, milliseconds, flops: 2 });

test('only the steps that were asked for are timed, and their mean is what a kernel takes', async () => {
  const step = new MeasuredStep(program, measurable([product(2)], [product(4)]));
  expect([step.flops, step.report, step.kernels]).toEqual([48, report, null]);
  for (const timed of [false, true, false, true]) {
    if (timed) step.timeNext();
    expect(await step.run({})).toBe(outputs);
  }
  expect([step.timedSteps, step.kernels]).toEqual([2, [product(3)]]);
});

test('where no time is kept, steps run and nothing is made up', async () => {
  for (const executable of [plain, measurable(null)]) {
    const step = new MeasuredStep(program, executable);
    step.timeNext();
    expect(await step.run({})).toBe(outputs);
    expect([step.flops, step.timedSteps, step.kernels]).toEqual([48, 0, null]);
  }
  expect(new MeasuredStep(program, plain).report).toBeNull();
});
