import { duration } from '../../core/amounts';
import type { Run } from '../../core/records';
import { aboutSeconds, evaluationsLeft, runCost } from '../../core/training_cost';

/** Seconds until a run has ended, its evaluations included: `stepSeconds` is what a step takes now. */
export function secondsLeft(run: Run, step: number, steps: number, pictures: number, stepSeconds: number): number {
  const { config } = run;
  // How many steps an evaluation is worth does not depend on the device.
  const facts = { count: pictures, medianSide: 0, storedSide: 0, imagesPerSecond: 1 };
  const cost = runCost(config, facts);
  const left = Math.max(0, steps - step);
  if (!cost) return left * stepSeconds;
  const evaluations = evaluationsLeft(cost, config, pictures, left);
  return stepSeconds * (left + (evaluations * cost.evaluation) / cost.step);
}

/** What is shown of an estimate: it falls or stands still, and never rises. */
export class Countdown {
  private of = '';
  private shown = Number.POSITIVE_INFINITY;

  /** @param of what is counted down: another one begins anew */
  show(of: string, estimate: number): number {
    if (of !== this.of) {
      this.of = of;
      this.shown = Number.POSITIVE_INFINITY;
    }
    this.shown = Math.min(this.shown, estimate);
    return this.shown;
  }
}

/** 'about 2 min left' */
export const leftWords = (seconds: number): string =>
  seconds < 5 ? 'nearly done' : `about ${duration(aboutSeconds(seconds))} left`;
