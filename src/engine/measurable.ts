import type { DeviceFeature } from '../core/performance';
import type { Executable, Executor, Feeds } from './executor';

/** What one run costs, known before it runs. */
export interface RunReport {
  dispatches: number;
  submits: number;
  /** Read and written, each operand of each kernel once. */
  bytes: number;
  /** Two a multiply-add. */
  flops: number;
}

/** Time that all launches of one kernel took on the GPU in one run. */
export interface KernelTime {
  label: string;
  launches: number;
  milliseconds: number;
  /** Two a multiply-add of convolutions and products; 0 of all else. */
  flops: number;
}

/** A run's outputs, and where its time went: null where the device does not keep time. */
export interface Profiled {
  outputs: Record<string, Float32Array>;
  kernels: readonly KernelTime[] | null;
}

/** An executable that knows its costs. */
export interface Measurable extends Executable {
  readonly report: RunReport;
  /** One run like any other, to the last bit, that also tells where its time went. */
  profile(feeds: Feeds): Promise<Profiled>;
}

export const isMeasurable = (executable: Executable): executable is Measurable =>
  'report' in executable && 'profile' in executable;

/** An executor that knows what its device can do. */
export interface Rated extends Executor {
  /** Optional features of the device, and what became of them in the programs compiled so far. */
  features(): readonly DeviceFeature[];
}

export const isRated = (executor: Executor): executor is Rated => 'features' in executor;
