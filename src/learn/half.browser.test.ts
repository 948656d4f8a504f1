import { describe, expect, test } from 'vitest';
import { relativeError } from '../../bench/parity/relative_error';
import type { Precision } from '../core/config';
import type { StepReport } from '../core/records';
import { openGraphics } from '../engine/graphics';
import { createPlanExecutor } from '../engine/plan/executor';
import { keepsHalf } from '../engine/precision';
import { openRun } from './run';
import { TINY, tinySource } from './tiny.testing';

const { device } = await openGraphics();
const executor = createPlanExecutor(device);

async function trained(precision: Precision, from: Parameters<typeof openRun>[3], steps: number) {
  const run = await openRun(executor, { ...TINY, steps: 20, precision }, tinySource(12), from);
  const losses: number[] = [];
  for await (const { loss, step } of run.train() as AsyncIterable<StepReport>) {
    losses.push(loss);
    if (step === steps) break;
  }
  const state = await run.state();
  const embeddings = await run.embed([0, 1, 2, 3]);
  const { dim } = run;
  run.dispose();
  return { losses, state, embeddings, dim };
}

/** The least cosine between rows of the same number. */
function leastCosine(a: Float32Array, b: Float32Array, dim: number): number {
  const cosines = Array.from({ length: a.length / dim }, (_, row) => {
    const [x, y] = [a, b].map((table) => table.subarray(row * dim, (row + 1) * dim));
    return x.reduce((sum, value, i) => sum + value * y[i], 0) / (Math.hypot(...x) * Math.hypot(...y));
  });
  return Math.min(...cosines);
}

const missing = keepsHalf(device) ? '' : ' (skipped: this adapter lists no shader-f16)';

describe.skipIf(missing !== '')(`a run of half precision${missing}`, () => {
  test('cut and taken up again differs by nothing from one that was not', async () => {
    const [once, again] = [await trained('half', null, 6), await trained('half', null, 6)];
    expect(again).toEqual(once);
    const half = await trained('half', null, 3);
    const rest = await trained('half', half.state, 6);
    expect([...half.losses, ...rest.losses]).toEqual(once.losses);
    expect(rest.state).toEqual(once.state);
  });

  test('has the losses of one of full precision but for the rounding, and is another run', async () => {
    const [full, half] = [await trained('full', null, 20), await trained('half', null, 20)];
    expect(half.losses).not.toEqual(full.losses);
    expect(relativeError(half.losses, full.losses)).toBeLessThan(0.01);
    expect(leastCosine(half.embeddings, full.embeddings, full.dim)).toBeGreaterThan(0.95);
  });
});

test.skipIf(missing === '')(
  'where the device cannot, a run of half precision is refused and leaves nothing',
  async () => {
    await expect(trained('half', null, 1)).rejects.toMatchObject({ kind: 'device' });
    expect(executor.bytesHeld()).toBe(0);
  },
);
