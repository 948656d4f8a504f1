import type { KernelTime, RunReport } from '../executor';

/** What one launch of a kernel costs, known before it runs. */
export interface Cost {
  readonly label: string;
  readonly flops: number;
  /** Read and written, each operand once. */
  readonly bytes: number;
}

export const reportOf = (costs: readonly Cost[], submits: number): RunReport => ({
  dispatches: costs.length,
  submits,
  bytes: costs.reduce((sum, { bytes }) => sum + bytes, 0),
  flops: costs.reduce((sum, { flops }) => sum + flops, 0),
});

/** Costs and times of launches, in milliseconds, added up by kind of kernel. */
export function timesByLabel(launches: readonly (Cost & { milliseconds: number; alone?: number })[]): KernelTime[] {
  const times = new Map<string, KernelTime>();
  for (const { label, flops, bytes, milliseconds, alone } of launches) {
    const time = times.get(label) ?? { label, launches: 0, milliseconds: 0, flops: 0, bytes: 0 };
    time.launches++;
    time.flops += flops;
    time.bytes += bytes;
    time.milliseconds += milliseconds;
    if (alone !== undefined) time.alone = (time.alone ?? 0) + alone;
    times.set(label, time);
  }
  return [...times.values()];
}
