import { settle, withPreset } from '../../app/session/settings';
import { currentDataset, type State } from '../../app/store/store';
import { type Budget, type Planned, stepsWithin } from '../../core/plan';
import { sameStart } from '../../core/start_words';
import { trainingSeconds } from '../../core/training_cost';

/** To the ten seconds, or the minute: nobody can foretell more. */
const rounded = (seconds: number): number => {
  const unit = seconds < 60 ? 10 : 60;
  return Math.max(10, unit * Math.round(seconds / unit));
};

/**
 * Seconds that a method will train for within a budget: the minutes of the budget, else as fast as the newest run of it
 * was, else by the device's trial. Null where none of these tells. Evaluations come on top.
 */
export function plannedSeconds(planned: Planned, budget: Budget, state: State): number | null {
  if (budget.kind === 'minutes') return 60 * budget.minutes;
  const { preset, batch, start = null } = planned;
  const dataset = currentDataset(state);
  const { report } = state.device;
  const edited = { ...withPreset(state.settings.edited, preset), start, ...(batch === undefined ? {} : { batch }) };
  const { config } = settle(dataset, report, edited);
  if (!dataset || !config) return null;
  const steps = stepsWithin(budget, config.batch);
  if (steps === null || !Number.isFinite(steps)) return null;
  const before = state.encoders.runs.find(
    ({ run }) => run.step > 0 && run.config.preset === preset && sameStart(run.config.start, start),
  )?.run;
  const seconds = before
    ? (before.seconds / (before.step * before.config.batch)) * steps * config.batch
    : trainingSeconds({ ...config, steps }, { ...dataset, imagesPerSecond: report?.imagesPerSecond ?? 0 });
  return seconds === null ? null : rounded(seconds);
}
