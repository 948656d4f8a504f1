import { significant } from './amounts';
import type { Preset, RunConfig } from './config';
import { PRESET_WORDS } from './presets';
import type { Run } from './records';
import { sameStart, withStartTitle } from './start_words';

/** What every method of a plan may use: the same for all, or the comparison says nothing. `images`: drawn for its steps. */
export type Budget =
  | { kind: 'steps'; steps: number }
  | { kind: 'minutes'; minutes: number }
  | { kind: 'images'; images: number };

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

const above0 = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0;

function amountOf(budget: Budget): number {
  switch (budget.kind) {
    case 'steps':
      return budget.steps;
    case 'minutes':
      return budget.minutes;
    case 'images':
      return budget.images;
  }
}

/** Steps of a run with this many pictures a step; null where it is ended by its time. */
export function stepsWithin(budget: Budget, batch: number): number | null {
  if (budget.kind === 'minutes') return null;
  return budget.kind === 'steps' ? budget.steps : Math.max(1, Math.round(budget.images / batch));
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

/** Plans were once lists of presets. */
const planned = (stored: Planned | Preset): Planned => (typeof stored === 'string' ? { preset: stored } : stored);

/** A stored plan, or null when the text is none. */
export function readPlan(text: string | null, presets: readonly string[]): Plan | null {
  try {
    const stored = JSON.parse(text ?? '') as Plan;
    const begun = above0(stored.begun) ? stored.begun : Date.now(); // Plans once did not say.
    const plan: Plan = { ...stored, begun, left: stored.left.map(planned) };
    const { budget, settings, left, done, dataset, run } = plan;
    const known = [...left, ...done].every(
      ({ preset, batch }) => presets.includes(preset) && (batch === undefined || above0(batch)),
    );
    return known &&
      typeof settings === 'object' &&
      above0(amountOf(budget)) &&
      typeof dataset === 'string' &&
      (run === null || typeof run === 'string')
      ? plan
      : null;
  } catch {
    return null;
  }
}

const UNITS: Record<Budget['kind'], readonly [one: string, many: string]> = {
  steps: ['step', 'steps'],
  minutes: ['minute', 'minutes'],
  images: ['picture', 'pictures'],
};

/** '600 steps each', '5 minutes each', '38,400 pictures each' */
export function budgetWords(budget: Budget): string {
  const amount = amountOf(budget);
  return `${significant(amount, 9)} ${UNITS[budget.kind][amount === 1 ? 0 : 1]} each`;
}

/** 'SimCLR', 'SimCLR from InceptionV3', 'SimCLR, batch 64' */
export function plannedWords({ preset, batch, start }: Planned): string {
  const { title } = PRESET_WORDS[preset];
  return `${start === undefined ? title : withStartTitle(title, start)}${batch === undefined ? '' : `, batch ${batch}`}`;
}
