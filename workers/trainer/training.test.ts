import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadCheckpoint } from '../../src/database/checkpoints';
import { freshDatabase, removeDatabases, someRun } from '../../src/database/fixtures.testing';
import { createRun } from '../../src/database/storage';
import type { OpenRun } from '../../src/learn/run';
import type { TrainerEvent } from '../../src/protocol/training';
import type { Context } from './context';
import { Control } from './control';
import type { RunEvaluator } from './evaluate';
import { RunHistory } from './history';
import { Training } from './training';
import { breathe } from './urgent';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(async () => {
  vi.useRealTimers();
  await removeDatabases();
});

/** A run of so many steps of a second each, whose evaluations embed ten batches of 4.4 seconds each; taken up at step `from`. */
async function trained(
  steps: number,
  during: (place: { step: number; batch: number }, control: Control) => void,
  { from = 0, evaluatedAt = 0 } = {},
) {
  const db = await freshDatabase();
  const run = { ...someRun(), status: 'running' as const, step: 0, seconds: 0 };
  await createRun(db, run);
  const control = new Control();
  let saved = 0;
  /** When the oldest step that is not saved began. */
  let begun = 0;
  /** Longest time for which steps were done and not saved, in milliseconds. */
  let unsaved = 0;
  const pass = (milliseconds: number): void => {
    vi.advanceTimersByTime(milliseconds);
    if (open.step > saved) unsaved = Math.max(unsaved, performance.now() - begun);
  };
  const history = new RunHistory(run.id);
  for (let step = 1; step <= from; step++) history.add({ step, loss: 1, learningRate: 1, imagesPerSecond: 1 });
  if (evaluatedAt > 0)
    history.evaluated({ of: 'run', step: evaluatedAt, measures: [] }, { step: evaluatedAt, probes: [] });
  const open = {
    step: from,
    settled: true,
    config: { ...run.config, batch: 32, steps },
    costs: { timeNext: () => undefined, timedSteps: 0, report: null, kernels: [] },
    async *train() {
      while (open.step < steps) {
        if (open.step === saved) begun = performance.now();
        open.step++;
        pass(1000);
        yield { step: open.step, loss: 1, learningRate: 1, imagesPerSecond: 1 };
      }
    },
    state: async () => {
      const variables = { w: { shape: [1], data: Float32Array.of(open.step) } };
      return { step: open.step, pointer: 0, coolDown: null, variables };
    },
    reconstruct: async () => null,
  };
  const evaluated: { step: number; stored: number }[] = [];
  let batches = 0;
  const evaluator = {
    embeds: 128,
    evaluate: async (_: unknown, { step }: { step: number }, progress: (done: number, of: number) => Promise<void>) => {
      evaluated.push({ step, stored: (await loadCheckpoint(db, run.id))?.step ?? 0 });
      for (let batch = 1; batch <= 10; batch++) {
        batches++;
        during({ step, batch }, control);
        pass(4400);
        await progress(batch, 10);
      }
      return { evaluation: { of: 'run', step, measures: [] }, probes: { step, probes: [] } };
    },
  };
  const send = (message: TrainerEvent): void => {
    if (message.type === 'saved') saved = message.step;
  };
  const executor = { kind: 'tensorflow', peakMemory: () => null, bytesHeld: () => 0 };
  const context = { db, page: { send }, executor, phase: () => undefined, giveWay: breathe } as unknown as Context;
  const parts = [evaluator as unknown as RunEvaluator, history, open as unknown as OpenRun, run] as const;
  await new Training(context, control, ...parts).go();
  return { evaluated, unsaved, batches, stored: (await loadCheckpoint(db, run.id))?.history.evaluations.length };
}

test('evaluations of 44 seconds lose no more than 30 seconds of work, wherever a run is killed', async () => {
  const { evaluated, unsaved, stored } = await trained(600, () => undefined);
  expect(evaluated.length).toBeGreaterThan(2);
  expect(unsaved).toBeLessThan(30_000);
  // The last evaluation begins when the last step is stored, and is stored itself.
  expect(evaluated.at(-1)).toEqual({ step: 600, stored: 600 });
  expect(stored).toBe(evaluated.length);
});

test('a run that was cut off in an evaluation makes that up, and one that was evaluated does not do so at once', async () => {
  const first = (await trained(600, () => undefined)).evaluated[0].step;
  const resumed = async (from: number, evaluatedAt: number) =>
    (await trained(600, () => undefined, { from, evaluatedAt })).evaluated[0].step;
  expect(await resumed(first, 0)).toBe(first + 1);
  expect(await resumed(first, first)).toBe(2 * first);
});

test('a checkpoint that is asked for during an evaluation does not wait for its end', async () => {
  const at: number[] = [];
  await trained(5, ({ batch }, control) => {
    if (batch === 2) control.save = true;
    if (batch === 4) at.push(Number(control.save));
  });
  expect(at).not.toContain(1);
});

test('a run that is stopped during an evaluation gives that up, and is evaluated once, at its end', async () => {
  const { evaluated } = await trained(600, ({ batch }, control) => batch === 3 && control.stop());
  expect(evaluated).toHaveLength(2);
  expect(evaluated[1].step).toBe(evaluated[0].step);
});

test('the evaluation at the end is skipped where the user says so, and the checkpoint is there all the same', async () => {
  const { stored, batches } = await trained(5, ({ batch }, control) => {
    control.stop();
    if (batch === 2) control.skipEvaluation();
  });
  expect([stored, batches]).toEqual([0, 2]);
});
