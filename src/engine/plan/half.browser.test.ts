import { describe, expect, test } from 'vitest';
import { mean, relu } from '../../graph/ops/arithmetic';
import { scalar, variable } from '../../graph/ops/leaves';
import { concatRows, sliceRows, writeRing } from '../../graph/ops/rows';
import { topological } from '../../graph/program';
import { openGraphics } from '../graphics';
import { keepsHalf } from '../precision';
import { opCases } from '../testing/cases';
import { fusionCases } from '../testing/fusion_cases';
import { apart, prepared } from '../testing/values';
import { createPlanExecutor } from './executor';
import { HARDWARE, NO_FUSIONS, SOFTWARE, type Tuning } from './tune/tuning';

const { device } = await openGraphics();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});

test('a device without shader-f16 refuses a program of half precision in a sentence, and is left as it was', async () => {
  const bare = await ((await navigator.gpu.requestAdapter()) as GPUAdapter).requestDevice();
  const executor = createPlanExecutor(bare);
  const program = { name: 'mean', outputs: { y: mean(variable('x', [2])) }, updates: {}, precision: 'half' } as const;
  await expect(executor.compile(program)).rejects.toMatchObject({
    kind: 'device',
    message: 'This graphics device does not keep activations in half precision, as this run asks for.',
  });
  expect(() => executor.fits(program)).toThrow('half precision');
  expect(executor.bytesHeld()).toBe(0);
  bare.destroy();
});

/** Convolutions and their like: what has maps [N, H, W, C] in it. */
const cases = [...opCases, ...fusionCases].filter(({ result }) =>
  topological([result]).some(({ shape }) => shape.length === 4),
);
const tunings: readonly (readonly [name: string, tuning: Tuning])[] = [
  ['fused', SOFTWARE],
  ['not fused', { ...SOFTWARE, fuse: NO_FUSIONS }],
  ["a graphics card's", HARDWARE],
];

/** Half precision rounds to one part in 2,048; a case has a few roundings one after the other. */
const TOLERANCE = 8 / 2048;

const missing = keepsHalf(device) ? '' : ' (skipped: this adapter lists no shader-f16)';

describe.skipIf(missing !== '')(`half precision${missing}`, () => {
  describe.each(tunings)('%s', (_, tuning) => {
    test.each(cases)('$name: as in full precision, but for the rounding', async (opCase) => {
      const executor = createPlanExecutor(device, tuning);
      const isUsed = () => executor.features().find(({ name }) => name === 'shader-f16')?.used;
      const full = await (await prepared(executor, opCase))();
      expect(isUsed()).toBe(false);
      const half = await (await prepared(executor, opCase, 'half'))();
      for (const [name, values] of Object.entries(full)) {
        // The terms of the loss, a weighted sum of the result, cancel each other, their roundings do not.
        if (name !== 'loss') expect(apart(half[name], values), name).toBeLessThan(TOLERANCE);
      }
      executor.dispose();
    });
  });

  /** Eighths: numbers that half precision holds as they are. */
  const eighths = (...shape: number[]) => ({
    shape,
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => ((i * 7) % 23) / 8 - 1),
  });
  const rectified = ({ data }: { data: Float32Array }) => data.map((value) => Math.max(value, 0));

  test('maps of odd sizes move between places of either precision, whole and in part', async () => {
    const executor = createPlanExecutor(device);
    const [x, y, ring] = [eighths(3, 3, 1, 1), eighths(2, 3, 1, 1), eighths(4, 3, 1, 1)];
    executor.write({ x, y, ring });
    const [a, b] = [relu(variable('x', x.shape)), variable('y', y.shape)];
    const program = {
      name: 'moves',
      outputs: { joined: concatRows(a, b), middle: sliceRows(a, 1, 1), last: sliceRows(a, 1, 2) },
      updates: { x: a, ring: writeRing(variable('ring', ring.shape), a, scalar('at')) },
      precision: 'half',
    } as const;
    const made = await (await executor.compile(program)).run({ at: 2 });
    const after = await executor.read(['x', 'ring']);
    const kept = rectified(x);
    expect([...made.joined]).toEqual([...kept, ...y.data]);
    expect([...made.middle]).toEqual([...kept.subarray(3, 6)]);
    expect([...made.last]).toEqual([...kept.subarray(3)]);
    expect(after.x.data).toEqual(kept);
    expect([...after.ring.data]).toEqual([...kept.subarray(6), ...ring.data.subarray(3, 6), ...kept.subarray(0, 6)]);
    executor.dispose();
  });
});
