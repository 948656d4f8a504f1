import { count } from '../../core/amounts';
import type { Run, RunStatus } from '../../core/records';
import { lastStep } from '../../core/schedule';
import type { TrainingSlice } from '../store/slices';

/** The state of training in one or two words, large at the top of the panel. */
export function stateWords({ run, session }: Pick<TrainingSlice, 'run' | 'session'>): string {
  switch (session.is) {
    case 'preparing':
      return 'Getting ready';
    case 'elsewhere':
      return 'Training in another tab';
    case 'training':
      return 'Training';
    case 'paused':
      return 'Paused';
    case 'stopping':
      return 'Stopping';
    case 'interrupted':
      return session.why === 'paused' ? 'Paused' : 'Interrupted';
    case 'idle':
      if (!run) return 'Not trained yet';
      return run.status === 'paused' && wasCutOff(run) ? 'Interrupted' : ENDED[run.status];
  }
}

const ENDED: Readonly<Record<RunStatus, string>> = {
  running: 'Interrupted',
  paused: 'Paused',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
};

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
