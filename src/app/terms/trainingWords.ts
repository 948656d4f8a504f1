import type { Run } from '../../core/records';
import { lastStep } from '../../core/schedule';
import { count } from '../../widgets/amounts';
import type { TrainingSlice } from '../store/slices';

/** The state of training in one or two words, large at the top of the panel. */
export function stateWords({ run, asked, unfinished, lock }: TrainingSlice): string {
  if (asked) return 'Getting ready';
  if (lock === 'elsewhere') return 'Training in another tab';
  if (!run) return 'Not trained yet';
  switch (run.status) {
    case 'running':
      return lock === 'held' && unfinished?.id !== run.id ? 'Training' : 'Interrupted';
    case 'paused':
      return wasCutOff(run) ? 'Interrupted' : 'Paused';
    case 'finished':
      return 'Finished';
    case 'stopped':
      return 'Stopped';
    case 'failed':
      return 'Failed';
  }
}

/** A run that was paused was left on purpose; one whose device failed is stored as paused too, with the reason. */
const wasCutOff = ({ status, reason }: Run): boolean => status !== 'paused' || reason !== undefined;

/** 'Paused at step 120 of 300.' of a run that waits to be taken up. */
export const leftAtWords = (run: Run): string =>
  `${wasCutOff(run) ? 'Interrupted' : 'Paused'} at ${stepWords(run, run.step)}.`;

/** Steps the run will have at its end, null for an open end. */
export const stepsOf = (run: Run): number | null => lastStep(run.config, null);

/** 'step 120 of 600'. */
export function stepWords(run: Run, step: number): string {
  const steps = stepsOf(run);
  return steps === null ? `step ${count(step)}` : `step ${count(step)} of ${count(steps)}`;
}

/** Passes over the pictures so far. */
export const epochs = (run: Run, step: number, pictures: number): number =>
  pictures > 0 ? (step * run.config.batch) / pictures : 0;

export const clock = (time: number): string =>
  new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
