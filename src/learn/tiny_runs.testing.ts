// Runs small enough for a test, on the processor.
import { expect, onTestFinished } from 'vitest';
import type { RunConfig } from '../core/config';
import type { StepReport } from '../core/records';
import type { Executor } from '../engine/executor';
import { createProcessorExecutor } from '../engine/processor/executor';
import type { Opening } from './begin';
import type { RunState } from './checkpoint';
import { type OpenRun, openRun } from './run';
import { TINY, tinySource } from './tiny.testing';

/** Ten pictures. */
export const TINY_SOURCE = tinySource(10);

/** An executor for the test that is under way. */
export async function tinyExecutor(): Promise<Executor> {
  const executor = await createProcessorExecutor(1);
  onTestFinished(() => executor.dispose());
  return executor;
}

/** A run in an executor of its own, as in a new tab, from a state that went through a structured clone, as databases keep it. */
export const openTiny = async (
  change: Partial<RunConfig> = {},
  from: RunState | null = null,
  pictures = TINY_SOURCE,
  opening: Opening = {},
): Promise<OpenRun> => openRun(await tinyExecutor(), { ...TINY, ...change }, pictures, structuredClone(from), opening);

/**
 * Pulls `count` steps, or all; with `ahead` each but the last while the one after it is under way. The speed is the only
 * thing that may differ from run to run.
 */
export async function pull(
  run: OpenRun,
  count = Number.POSITIVE_INFINITY,
  ahead = false,
): Promise<Omit<StepReport, 'imagesPerSecond'>[]> {
  const reports: Omit<StepReport, 'imagesPerSecond'>[] = [];
  if (count === 0) return reports;
  for await (const { imagesPerSecond, ...report } of run.train(() => ahead && reports.length + 1 < count)) {
    expect(imagesPerSecond).toBeGreaterThan(0);
    reports.push(report);
    if (reports.length === count) break;
  }
  return reports;
}
