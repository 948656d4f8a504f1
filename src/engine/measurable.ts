import type { Executable, Feeds } from './executor';

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
}

/** An executable that knows its costs. */
export interface Measurable extends Executable {
  readonly report: RunReport;
  /** Makes one run and tells where its time went; null where the device does not keep time. */
  profile(feeds: Feeds): Promise<readonly KernelTime[] | null>;
}

export const isMeasurable = (executable: Executable): executable is Measurable =>
  'report' in executable && 'profile' in executable;
