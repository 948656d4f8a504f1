import { count, counted, milliseconds } from '../../../core/amounts';
import type { DeviceFeature, RecordedPerformance } from '../../../core/performance';

/** Kernels in a list of their own; what remains is one more line. */
const LISTED = 10;

export interface KernelLine {
  label: string;
  milliseconds: number;
  /** Of the time of all kernels. */
  share: number;
  launches: number;
}

/** The kernels of a step, the longest first, the short ones of many together. */
export function kernelLines(kernels: NonNullable<RecordedPerformance['kernels']>): KernelLine[] {
  const sorted = kernels.toSorted((a, b) => b.milliseconds - a.milliseconds);
  const total = sorted.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const few = sorted.length <= LISTED + 1;
  const [own, others] = few ? [sorted, []] : [sorted.slice(0, LISTED), sorted.slice(LISTED)];
  const sum = (of: 'launches' | 'milliseconds') => others.reduce((total, other) => total + other[of], 0);
  const together = { label: `${others.length} others`, launches: sum('launches'), milliseconds: sum('milliseconds') };
  return [...own, ...(few ? [] : [together])].map(({ label, launches, milliseconds }) => ({
    label,
    launches,
    milliseconds,
    share: total > 0 ? milliseconds / total : 0,
  }));
}

/** '72 kernels in 1 submit'; a processor is handed nothing. */
export const stepShape = ({ dispatches, submits }: RecordedPerformance): string =>
  counted(dispatches, 'kernel') + (submits > 0 ? ` in ${counted(submits, 'submit')}` : '');

/** 'Mean of 4 timed steps: 31.2 ms on the device.' */
export function timedWords(timedSteps: number, lines: readonly KernelLine[]): string {
  const total = lines.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const over = timedSteps === 1 ? 'One timed step' : `Mean of ${count(timedSteps)} timed steps`;
  return `${over}: ${milliseconds(total)} on the device.`;
}

/** Why there is no list of kernels. */
export function untimedWords(recorded: RecordedPerformance | null, training: boolean): string {
  if (!recorded) return 'The kernels’ times are not known: TensorFlow.js runs them.';
  const clock = recorded.features.find(({ name }) => name === 'timestamp-query');
  if (clock?.offered === false) return 'The kernels’ times are not known: the device keeps no time for programs.';
  return training ? 'The first timed step is still to come.' : 'The run was too short for a timed step.';
}

/** 'used', 'not used' or 'not offered'. */
export const featureState = ({ offered, used }: DeviceFeature): string =>
  used ? 'used' : offered ? 'not used' : 'not offered';
