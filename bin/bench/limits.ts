import type { BenchCalls } from '../../bench/answer';
import type { Result } from './result';
import { shown } from './table';

export type Limits = BenchCalls['probe']['answer'];

export const limitWords = ({ flops, bandwidth }: Limits): string =>
  `Measured peak of fp32: ${shown(flops * 1e-9)} GFLOP/s; bandwidth of a copy: ${shown(bandwidth * 1e-9)} GB/s`;

const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;

/** Kernels that do nearly all of a network's arithmetic. */
const CONVOLUTION = /^conv/;

/** How near a result came to what its device can do; null where it is not known what a run costs. */
export function reachedWords({ peer, rate, report, kernels, gflops, batch }: Result, limits: Limits): string | null {
  if (gflops === null || !report) return null;
  const bytes = (report.bytes * rate.median) / batch;
  const words = [
    `${percent((gflops * 1e9) / limits.flops)} of the peak`,
    `${shown(report.bytes / 2 ** 20)} MB a run are ${shown(bytes * 1e-9)} GB/s, ` +
      `${percent(bytes / limits.bandwidth)} of the bandwidth`,
  ];
  const convolving = kernels.filter(({ label }) => CONVOLUTION.test(label));
  const milliseconds = convolving.reduce((sum, kernel) => sum + kernel.milliseconds, 0);
  const flops = convolving.reduce((sum, kernel) => sum + kernel.flops, 0);
  if (milliseconds > 0)
    words.push(`convolutions alone ${percent((1000 * flops) / milliseconds / limits.flops)} of the peak`);
  return `${peer}: ${words.join('; ')}`;
}
