import type { BenchCalls } from '../../bench/answer';
import type { Sample } from '../../bench/sample';
import { median } from '../../src/core/median';
import type { KernelTime, RunReport } from '../../src/engine/executor';
import { type Range, range, ratio } from './measurement';

/** What one peer came to on one task. */
export interface Result {
  row: string;
  title: string;
  peer: string;
  unit: string;
  /** Pictures or queries of one run. */
  batch: number;
  rate: Range;
  /** Billions of floating point operations a second, two a multiply-add. */
  gflops: number | null;
  /** Of one run, medians; of the script's time also the least, which what else the machine does takes no part in. */
  run: { script: number; leastScript: number; dispatches: number; submits: number; buffers: number } | null;
  bytesHeld: number | null;
  coldMilliseconds: number | null;
  /** What the first two runs came to: the same for every peer. */
  checks: readonly [number, number] | null;
  report: RunReport | null;
  /** Empty where the device keeps no time, or nobody asked it. */
  kernels: readonly KernelTime[];
  /** Operations in single precision a second that the device can do; null where it was not asked. */
  peak: number | null;
  /** How many times another's rate this is, by the other's name. */
  ratios: Record<string, number>;
}

export type Named = Pick<Result, 'row' | 'title' | 'peer' | 'unit' | 'batch'>;

/** A peer that was tried and not measured, and why. */
export interface LeftOut {
  row: string;
  title: string;
  peer: string;
  reason: string;
}

type Opened = NonNullable<BenchCalls['open']['answer']>;

/** Of samples of a peer's runs; `flops` of one run. */
export function resultOf(
  what: Named,
  flops: number | null,
  opened: Opened,
  samples: readonly Sample[],
  { kernels, peak }: BenchCalls['profile']['answer'],
): Result {
  const of = (name: keyof Sample): number => median(samples.map((sample) => sample[name]));
  const rate = range(samples.map(({ milliseconds }) => (what.batch * 1000) / milliseconds));
  return {
    ...what,
    rate,
    gflops: gflopsOf(flops, what.batch, rate.median),
    run: {
      script: of('script'),
      leastScript: Math.min(...samples.map(({ script }) => script)),
      dispatches: of('dispatches'),
      submits: of('submits'),
      buffers: of('buffers'),
    },
    bytesHeld: opened.bytes,
    coldMilliseconds: opened.coldMilliseconds,
    checks: opened.checks,
    report: opened.report,
    ...{ kernels, peak },
    ratios: {},
  };
}

const gflopsOf = (flops: number | null, batch: number, rate: number): number | null =>
  flops === null ? null : (flops / batch) * rate * 1e-9;

/** Where nothing but the rate is known. */
export const rateOnly = (what: Named, samples: readonly number[], flops: number | null = null): Result => ({
  ...what,
  rate: range(samples),
  gflops: gflopsOf(flops, what.batch, median(samples)),
  run: null,
  bytesHeld: null,
  coldMilliseconds: null,
  checks: null,
  report: null,
  kernels: [],
  peak: null,
  ratios: {},
});

/** Results of one task, each with its ratio to those it is to be compared with. */
export const compared = (results: readonly Result[], baselines: readonly string[]): Result[] =>
  results.map((one) => ({
    ...one,
    ratios: Object.fromEntries(
      results
        .filter((other) => other !== one && baselines.includes(other.peer))
        .map((other) => [other.peer, ratio(one.rate, other.rate)]),
    ),
  }));

const AGREEMENT = 2e-3;

/** Peers that came to something else than the first one did: they did not do the same work. */
export function disagreeing(results: readonly Result[]): string[] {
  const [reference] = results;
  if (!reference?.checks) return [];
  const differs = ({ checks }: Result): boolean =>
    !!checks?.some((value, i) => !(Math.abs(value / (reference.checks as readonly number[])[i] - 1) < AGREEMENT));
  return results
    .filter(differs)
    .map(({ peer, checks }) => `${peer} came to ${checks}, ${reference.peer} to ${reference.checks}`);
}
