import { decimals } from './amounts';
import type { RunConfig } from './config';
import type { Evaluation, Measure } from './records';
import { compareShares } from './significance';

// What the numbers of a run mean, in a sentence for the page.

export interface Verdict {
  /** 'alarm': something is wrong and the sentence says what to try. */
  tone: 'plain' | 'good' | 'alarm';
  text: string;
}

/** Step reports by column; steps are numbered first .. last. */
export interface StepColumns {
  readonly first: number;
  readonly last: number;
  readonly length: number;
  at(column: 'loss' | 'accuracy' | 'featureStd', step: number): number;
}

/** Steps averaged for a verdict: one step's loss says little. */
const OVER = 20;
/**
 * Steps after the queue is full that random weights may need to tell pictures apart at all. Pretrained weights need none:
 * of four sets all had their loss a nat below guessing after ten steps.
 */
const PATIENCE = 300;
/** Nats below guessing that pictures which are all equal may reach: a few of them, taken for neighbours, are no negatives. */
const ALIKE = 0.3;

const mean = (steps: StepColumns, column: 'loss' | 'accuracy' | 'featureStd', to: number, over: number): number => {
  const from = Math.max(steps.first, to - over + 1);
  let sum = 0;
  for (let step = from; step <= to; step++) sum += steps.at(column, step);
  return sum / (to - from + 1);
};

/** Steps until every row of the queue is a key of this run. */
export const fillingSteps = ({ queue, batch, symmetric }: Pick<RunConfig, 'queue' | 'batch' | 'symmetric'>): number =>
  Math.ceil(queue / (symmetric ? 2 * batch : batch));

/** ln(K+1): the loss of an encoder that cannot tell the positive from the K negatives. */
export const guessingLoss = ({ queue }: Pick<RunConfig, 'queue'>): number => Math.log(queue + 1);

const measureOf = (evaluation: Evaluation | undefined, name: Measure['name']): Measure | undefined =>
  evaluation?.measures.find((measure) => measure.name === name);

/** Contrast accuracy is nearly perfect, and yet frozen views find each other no better than at first. */
function tookShortcut(accuracy: number, evaluations: readonly Evaluation[]): boolean {
  const found = evaluations.map((evaluation) => measureOf(evaluation, 'two-view R@1')).filter((one) => !!one);
  const latest = found.at(-1);
  const views = found.filter(({ recipe }) => recipe === latest?.recipe);
  const [first] = views;
  if (views.length < 2 || !first || !latest) return false;
  // Where frozen views find each other anyway, there is nothing left to rise.
  return accuracy > 0.95 && latest.value < 0.8 && compareShares(latest, first) !== 'higher';
}

/** What a falling loss says, and what it does not. */
export const EASIER = 'views are told apart more easily. Whether search gets better, the search quality says.';

/** How the loss moved over the last steps, counted from when the queue was full. */
function trend(steps: StepColumns, filled: number): 'falling' | 'level' | 'rising' | null {
  const since = steps.last - Math.max(steps.first - 1, filled);
  if (since < 2 * OVER) return null;
  const over = Math.max(OVER, Math.min(200, Math.floor(since / 5)));
  const change = mean(steps, 'loss', steps.last, over) - mean(steps, 'loss', steps.last - over, over);
  return change < -0.02 ? 'falling' : change > 0.05 ? 'rising' : 'level';
}

/** What the loss of a run means now. `evaluations` are the run's, in order of steps. */
export function lossVerdict(
  steps: StepColumns,
  config: Pick<RunConfig, 'queue' | 'batch' | 'symmetric' | 'start'> | null,
  evaluations: readonly Evaluation[] = [],
): Verdict {
  const plain = (text: string): Verdict => ({ tone: 'plain', text });
  if (!config || steps.length === 0) return plain('The loss appears here with the first step.');
  const filled = fillingSteps(config);
  if (steps.last < filled) return plain('The queue is filling with keys: a rising loss is normal until it is full.');
  const [loss, accuracy, featureStd] = (['loss', 'accuracy', 'featureStd'] as const).map((column) =>
    mean(steps, column, steps.last, OVER),
  );
  const below = guessingLoss(config) - loss;
  const settled = steps.last > filled + (config.start ? OVER : PATIENCE);
  if (settled && Math.abs(below) < 0.1 && featureStd < 0.2)
    return {
      tone: 'alarm',
      text: 'Collapsed: every picture gives nearly the same projection. Stop, and try a lower learning rate or a longer queue.',
    };
  if (settled && config.start && below < ALIKE)
    return {
      tone: 'alarm',
      text: 'Different pictures are told apart no better than by guessing. Are they nearly equal? Find near-duplicates under Explore; otherwise try a lower learning rate.',
    };
  if (settled && tookShortcut(accuracy, evaluations))
    return {
      tone: 'alarm',
      text: 'A shortcut: views are matched almost always in training, and no better than at first when frozen. Try batch-norm groups with shuffling, or stronger augmentation.',
    };
  if (below < 0.1)
    return plain(
      settled
        ? 'Near the loss of guessing, though projections differ: the task may be too hard. Try weaker augmentation or a higher learning rate.'
        : 'Near the loss of guessing: it should fall soon, now that the queue is full.',
    );
  const ahead = `${decimals(below, 2)} below guessing`;
  switch (trend(steps, filled)) {
    case 'falling':
      return plain(`Falling, ${ahead}: ${EASIER}`);
    case 'rising':
      return plain(`Rising, still ${ahead}: normal while keys get harder; if it goes on, lower the learning rate.`);
    case 'level':
      return plain(`Nearly level, ${ahead}. The measures may still get better: go by them, not by the loss.`);
    case null:
      return plain(`The queue is full; the loss is ${ahead}.`);
  }
}
