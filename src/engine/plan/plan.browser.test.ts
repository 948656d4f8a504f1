import { describe, expect, test } from 'vitest';
import { selfTest } from '../self_test';
import { opCases } from '../testing/cases';
import { complaints } from '../testing/check';
import { createPlanExecutor } from './executor';
import { NO_FUSIONS, SOFTWARE } from './tuning';

const adapter = await navigator.gpu.requestAdapter();
const device = await (adapter as GPUAdapter).requestDevice();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});

for (const [name, tuning] of [
  ['fused', SOFTWARE],
  ['plain', { ...SOFTWARE, fuse: NO_FUSIONS }],
  ['many parts', { ...SOFTWARE, inlineParts: 0 }],
] as const) {
  const executor = createPlanExecutor(device, tuning);
  describe(name, () => {
    test.each(opCases)('$name: value as defined, derivative as its differences', async (opCase) => {
      expect(await complaints(executor, opCase)).toEqual([]);
    });

    test('a small step agrees with its definition, and leaks nothing', async () => {
      const before = executor.bytesHeld();
      expect(await selfTest(executor)).toBeNull();
      expect(executor.bytesHeld()).toBe(before);
    });
  });
}
