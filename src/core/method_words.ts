import { decimals } from './amounts';
import type { Diagnostic } from './columns';
import type { RunConfig } from './config';
import { reconstructs } from './methods';
import type { Evaluation } from './records';
import { EASIER, guessingLoss, lossVerdict, type StepColumns, type Verdict } from './words';

/** Step reports by column, with every diagnostic; NaN where the method does not report it. */
interface AllColumns extends Omit<StepColumns, 'at'> {
  at(column: 'loss' | Diagnostic, step: number): number;
}

/** A loss that a curve is to be compared with. */
export interface LossMark {
  y: number;
  label: string;
}

/** What an encoder that has learnt nothing would pay, where that is known. */
export function lossMark(config: RunConfig): LossMark | null {
  const { method, batch, decoupled, margin } = config;
  const line = (name: string, y: number): LossMark => ({ y, label: `${name} = ${decimals(y, 2)}: guessing` });
  if (method === 'moco') return line('ln(K+1)', guessingLoss(config));
  if (method === 'simclr' && decoupled) return line('ln(2N-2)', Math.log(2 * batch - 2));
  if (method === 'simclr') return line('ln(2N-1)', Math.log(2 * batch - 1));
  if (method === 'triplet') return { y: margin, label: `margin ${margin}: all pictures alike` };
  return null;
}

/** Steps averaged for a verdict. */
const OVER = 20;

/** Mean of a column over the newest steps but `back`. */
function recent(steps: AllColumns, column: Parameters<AllColumns['at']>[0], back = 0): number {
  const last = steps.last - back;
  const from = Math.max(steps.first, last - OVER + 1);
  let sum = 0;
  for (let step = from; step <= last; step++) sum += steps.at(column, step);
  return sum / (last - from + 1);
}

/** What the loss of a run means now, by its method. `evaluations` are the run's, in order of steps. */
export function runVerdict(
  steps: AllColumns,
  config: RunConfig | null,
  evaluations: readonly Evaluation[] = [],
): Verdict {
  if (!config || steps.length === 0 || config.method === 'moco') return lossVerdict(steps, config, evaluations);
  if (steps.length < 2 * OVER) return { tone: 'plain', text: 'The first steps say little yet.' };
  if (reconstructs(config.method)) return picturesVerdict(steps, config);
  return config.method === 'triplet' ? tripletVerdict(steps, config) : batchVerdict(steps, config);
}

const COLLAPSED: Verdict = {
  tone: 'alarm',
  text: 'Collapsed: every picture gives nearly the same projection. Stop, and try a lower learning rate.',
};

function batchVerdict(steps: AllColumns, config: RunConfig): Verdict {
  const guessing = (lossMark(config) as LossMark).y;
  const below = guessing - recent(steps, 'loss');
  if (below < 0.1 && recent(steps, 'featureStd') < 0.2) return COLLAPSED;
  const ahead = `${decimals(below, 2)} below guessing`;
  if (below < 0.1) return { tone: 'plain', text: 'Near the loss of guessing: it should fall soon.' };
  const text = falling(steps)
    ? `Falling, ${ahead}: ${EASIER}`
    : `Nearly level, ${ahead}. The measures may still get better: go by them.`;
  return { tone: 'plain', text };
}

function tripletVerdict(steps: AllColumns, { margin }: RunConfig): Verdict {
  const [loss, active] = [recent(steps, 'loss'), recent(steps, 'active')];
  if (Math.abs(loss - margin) < 0.05 * margin && recent(steps, 'featureStd') < 0.2) return COLLAPSED;
  if (active < 0.05)
    return {
      tone: 'plain',
      text: 'Hardly a triplet costs anything: little is learned any more. A larger margin or batch gives harder ones.',
    };
  return falling(steps)
    ? { tone: 'good', text: 'Falling: negatives move away from their anchors.' }
    : { tone: 'plain', text: 'Nearly level: new negatives are found as old ones move away. Go by the measures.' };
}

function picturesVerdict(steps: AllColumns, { method }: RunConfig): Verdict {
  const error = recent(steps, 'error');
  if (method === 'vae' && recent(steps, 'units') < 1)
    return {
      tone: 'alarm',
      text: 'No dimension of the code is in use: the decoder ignores it (posterior collapse). Lower beta, or let it warm up longer.',
    };
  const rate = `An error of ${decimals(error, 3)}`;
  return falling(steps)
    ? {
        tone: 'good',
        text: `${rate}, falling: pictures are given back more faithfully. Look at them under Reconstructions.`,
      }
    : {
        tone: 'plain',
        text: `${rate}, nearly level: what is missing does not fit into the code. Choose by the measures.`,
      };
}

/** Whether the loss is lower than some time ago by more than a hundredth of itself. */
function falling(steps: AllColumns): boolean {
  const back = Math.max(OVER, Math.min(200, Math.floor(steps.length / 5)));
  if (steps.length < OVER + back) return true;
  const [now, before] = [recent(steps, 'loss'), recent(steps, 'loss', back)];
  return now < before - 0.01 * Math.abs(before);
}
