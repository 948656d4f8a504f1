import type { RunConfig } from './config';

/** The end of an open-ended run: the rate falls to zero over `steps` steps beginning with step `from`. */
export interface CoolDown {
  from: number;
  steps: number;
}

/** Warm-up steps of a run without an end, where a share of the steps means nothing. */
const OPEN_WARMUP = 60;

const cosine = (progress: number): number => 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));

/** Rate for step `step`, counting from 0. The shape is a linear warm-up times the schedule. */
export function learningRate(
  config: Pick<RunConfig, 'learningRate' | 'schedule' | 'steps' | 'warmup'>,
  step: number,
  coolDown: CoolDown | null = null,
): number {
  const { steps, warmup } = config;
  const rising = steps === null ? OPEN_WARMUP : steps * warmup;
  const rate = config.learningRate * Math.min(1, (step + 1) / Math.max(1, rising));
  if (steps === null) return rate * (coolDown ? Math.max(0, 1 - (step - coolDown.from) / coolDown.steps) : 1);
  switch (config.schedule) {
    case 'constant':
      return rate;
    case 'cosine': // Loshchilov & Hutter 2017, without restarts
      return rate * cosine(step / steps);
    case 'steps': // He et al. 2020: a tenth at 60 % and again at 80 %
      return rate * (step < 0.6 * steps ? 1 : step < 0.8 * steps ? 0.1 : 0.01);
  }
}

/** Momentum of the key encoder for step `step`: from the first value to the last on half a cosine (Grill et al. 2020). */
export function keyMomentum(config: Pick<RunConfig, 'keyMomentum' | 'steps'>, step: number): number {
  const [first, last] = config.keyMomentum;
  return config.steps === null ? first : last - (last - first) * cosine(step / config.steps);
}

/** The cool-down of an open-ended run asked to end now: 15 % of the whole run it completes, at least 20 steps. */
export function coolDownFrom(step: number): CoolDown {
  return { from: step, steps: Math.max(20, Math.round((step * 0.15) / 0.85)) };
}

/** Step count at which a run is done, or null while it has no end. */
export const lastStep = (config: Pick<RunConfig, 'steps'>, coolDown: CoolDown | null): number | null =>
  config.steps ?? (coolDown && coolDown.from + coolDown.steps);
