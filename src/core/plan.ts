import { significant } from './amounts';
import type { Preset, RunConfig } from './config';
import { PRESET_WORDS } from './presets';
import type { Run } from './records';
import { sameStart, withStartTitle } from './start_words';

/** What every method of a plan may use: the same for all, or the comparison says nothing. `images`: drawn for its steps. */
export interface Budget {
  kind: 'steps' | 'minutes' | 'images';
  amount: number;
}

/** A method that is to be trained, with a batch of its own where that is what is compared. */
export interface Planned {
  preset: Preset;
  batch?: number;
  /** What it starts from, null: random weights; not given: what the settings say. */
  start?: RunConfig['start'];
}

/** Methods to be trained one after the other on one data set. */
export interface Plan {
  dataset: string;
  /** When it was begun, in milliseconds since 1970: runs from then on may be its own. */
  begun: number;
  budget: Budget;
  /** Settings that the user has set for all of them. */
  settings: Partial<RunConfig>;
  /** Methods still to come, the one under way first. */
  left: Planned[];
  /** Id of the run under way, once it has one. */
  run: string | null;
  /** Methods that are done or could not be done, with the reason. */
  done: (Planned & { reason: string | null })[];
}

const UNITS: Record<Budget['kind'], readonly [one: string, many: string]> = {
  steps: ['step', 'steps'],
  minutes: ['minute', 'minutes'],
  images: ['picture', 'pictures'],
};

const above0 = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0;

/** Steps of a run with this many pictures a step; null where it is ended by its time. */
export function stepsWithin({ kind, amount }: Budget, batch: number): number | null {
  if (kind === 'minutes') return null;
  return kind === 'steps' ? amount : Math.max(1, Math.round(amount / batch));
}

/** Whether a run is that of the plan's first method that is left: the one it knows, or one as its budget wants it. */
export function isOfPlan({ run: own, dataset, begun, budget, left: [first] }: Plan, run: Run): boolean {
  if (run.id === own) return true;
  const { preset, batch, steps, start } = run.config;
  return (
    run.dataset === dataset &&
    run.createdAt >= begun &&
    first?.preset === preset &&
    (first.batch === undefined || first.batch === batch) &&
    (first.start === undefined || sameStart(first.start, start)) &&
    // A run of so many minutes gets its steps when it cools down.
    (budget.kind === 'minutes' || steps === stepsWithin(budget, batch))
  );
}

/** A stored plan, or null when the text is none, or one of an earlier version. */
export function readPlan(text: string | null, presets: readonly string[]): Plan | null {
  try {
    const plan = JSON.parse(text ?? '') as Plan;
    const { begun, budget, settings, left, done, dataset, run } = plan;
    const known = [...left, ...done].every(
      ({ preset, batch }) => presets.includes(preset) && (batch === undefined || above0(batch)),
    );
    return known &&
      typeof settings === 'object' &&
      above0(begun) &&
      budget.kind in UNITS &&
      above0(budget.amount) &&
      typeof dataset === 'string' &&
      (run === null || typeof run === 'string')
      ? plan
      : null;
  } catch {
    return null;
  }
}

/** '600 steps each', '5 minutes each', '38,400 pictures each' */
export const budgetWords = ({ kind, amount }: Budget): string =>
  `${significant(amount, 9)} ${UNITS[kind][amount === 1 ? 0 : 1]} each`;

/** 'SimCLR', 'SimCLR from InceptionV3', 'SimCLR, batch 64' */
export function plannedWords({ preset, batch, start }: Planned): string {
  const { title } = PRESET_WORDS[preset];
  return `${start === undefined ? title : withStartTitle(title, start)}${batch === undefined ? '' : `, batch ${batch}`}`;
}
