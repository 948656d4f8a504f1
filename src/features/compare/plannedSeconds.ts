import { settle, withPreset } from '../../app/session/settings';
import { currentDataset, type State } from '../../app/store/store';
import { type Budget, type Planned, stepsWithin } from '../../core/plan';
import { sameStart } from '../../core/start_words';
import { aboutSeconds, runSeconds } from '../../core/training_cost';

/**
 * Seconds that a method will train for within a budget: the minutes of the budget, else as fast as the newest run of it
 * was, else by the device's trial with its evaluations. Null where none of these tells.
 */
export function plannedSeconds(planned: Planned, budget: Budget, state: State): number | null {
  if (budget.kind === 'minutes') return 60 * budget.amount;
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
    : runSeconds({ ...config, steps }, { ...dataset, imagesPerSecond: report?.imagesPerSecond ?? 0 });
  return seconds === null ? null : aboutSeconds(seconds);
}
