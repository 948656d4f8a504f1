import type { Preset, RunConfig } from './config';

/** What every method of a plan may use of time: the same for all, or the comparison says nothing. */
export type Budget = { kind: 'steps'; steps: number } | { kind: 'minutes'; minutes: number };

/** Methods to be trained one after the other on one data set. */
export interface Plan {
  dataset: string;
  budget: Budget;
  /** Settings that the person has set for all of them. */
  settings: Partial<RunConfig>;
  /** Methods still to come, the one under way first. */
  left: Preset[];
  /** Id of the run under way, once it has one. */
  run: string | null;
  /** Methods that are done or could not be done, with the reason. */
  done: { preset: Preset; reason: string | null }[];
}

const whole = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0;

/** A stored plan, or null when the text is none. */
export function readPlan(text: string | null, presets: readonly string[]): Plan | null {
  try {
    const plan = JSON.parse(text ?? '') as Plan;
    const { budget, settings, left, done, dataset, run } = plan;
    const amount = budget.kind === 'steps' ? budget.steps : budget.minutes;
    const known = [...left, ...done.map(({ preset }) => preset)].every((preset) => presets.includes(preset));
    return known &&
      typeof settings === 'object' &&
      whole(amount) &&
      typeof dataset === 'string' &&
      (run === null || typeof run === 'string')
      ? plan
      : null;
  } catch {
    return null;
  }
}

/** '600 steps each', '5 minutes each' */
export const budgetWords = (budget: Budget): string =>
  budget.kind === 'steps'
    ? `${budget.steps.toLocaleString('en')} ${budget.steps === 1 ? 'step' : 'steps'} each`
    : `${budget.minutes} ${budget.minutes === 1 ? 'minute' : 'minutes'} each`;
