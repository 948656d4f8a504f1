import { expect, test } from 'vitest';
import type { Executable, KernelTime } from '../engine/executor';
import { MeasuredStep } from './measured_step';

const outputs = { y: new Float32Array(8) };
const plain: Executable = {
  report: null,
  run: async () => outputs,
  profile: async () => ({ outputs, kernels: null }),
  dispose: () => undefined,
};
const report = { dispatches: 1, submits: 1, bytes: 104, flops: 48 };

/** Takes these times, one profile after the other. */
const measurable = (...times: (KernelTime[] | null)[]): Executable => ({
  ...plain,
  report,
  profile: async () => ({ outputs, kernels: times.shift() ?? null }),
});
const product = (milliseconds: number): KernelTime => ({
  label: 'matMul',
  launches: 1,
  milliseconds,
  flops: 2,
  bytes: 0,
});

test('only the steps that were asked for are timed, and their mean is what a kernel takes', async () => {
  const step = new MeasuredStep(measurable([product(2)], [product(4)]));
  expect([step.report, step.kernels]).toEqual([report, null]);
  for (const timed of [false, true, false, true]) {
    if (timed) step.timeNext();
    expect(await step.run({})).toBe(outputs);
  }
  expect([step.timedSteps, step.kernels]).toEqual([2, [product(3)]]);
});

test('where no time is kept, steps run and nothing is made up', async () => {
  for (const executable of [plain, measurable(null)]) {
    const step = new MeasuredStep(executable);
    step.timeNext();
    expect(await step.run({})).toBe(outputs);
    expect([step.timedSteps, step.kernels]).toEqual([0, null]);
  }
  expect(new MeasuredStep(plain).report).toBeNull();
});
