import type { Run } from './records';

/** Whether a run is over for good: one that was cut off can be taken up again. */
export const hasEnded = ({ status }: Pick<Run, 'status'>): boolean =>
  status === 'finished' || status === 'stopped' || status === 'failed';

/** Whether there is something of a run to compare. Runs are told apart from such runs alone, wherever they have names. */
export const isComparable = (run: Pick<Run, 'status' | 'step'>): boolean => hasEnded(run) && run.step > 0;
