import { type BackboneName, isResnet, type RunConfig } from './config';
import type { Facts } from './defaults';
import type { PretrainedName } from './pretrained';
import { seenBy } from './seen';
import { mapSize } from './stages';

// What a run will take, said before it begins.

/** Bytes of the kept views' maps of the last frozen stage, of all pictures, in half precision; 0 where nothing is kept. */
export const keptBytes = (
  config: Pick<RunConfig, 'backbone' | 'width' | 'stem' | 'side' | 'frozen' | 'views'>,
  count: number,
): number => (config.frozen === 0 ? 0 : 2 * config.views * count * mapSize(config, config.frozen - 1));

/** Millions of multiply-adds of a view of 128 px up to the end of each stage. */
export const MULTIPLY_ADDS: Record<PretrainedName, readonly number[]> = {
  'inception-v3': [219.3, 262.4, 309.1, 357.1, 408.4, 455, 515.8],
  'mobilenet-v2': [6.8, 24.8, 37, 49.6, 68.5, 83.7, 97.8],
};
/** The same of ResNets: of a view of 32 px, the CIFAR stem, 64 channels. */
const RESNET_ADDS: Record<Exclude<BackboneName, PretrainedName>, readonly number[]> = {
  resnet8: [1.8, 77, 136, 195],
  resnet18: [1.8, 153, 287, 421, 555],
  resnet34: [1.8, 228, 511, 945, 1152],
  resnet50: [1.8, 220, 555, 1033, 1297],
};
const ADDS: Record<BackboneName, readonly number[]> = { ...MULTIPLY_ADDS, ...RESNET_ADDS };
/** Millions of multiply-adds of a picture of the device's trial: both passes of one encoder, one of the other. */
const TRIAL = 49;

/** Pictures whose two frozen views an evaluation embeds: enough for an error of two points, few enough to be quick. */
export const VIEWED = 512;
/** An evaluation waits for steps that draw this many times the pictures it embeds, which take about as long as it. */
export const AS_LONG = 2;
/** Evaluations take one part in seven of the time. */
export const EVALUATION_SHARE = 6;

/** Millions of multiply-adds up to the end of each stage, of a view of `side` pixels. */
function stageAdds({ backbone, width, stem }: RunConfig, side: number): number[] {
  const resnet = (side / 32) ** 2 * (width / 64) ** 2 * (stem === 'imagenet' ? 1 / 16 : 1);
  const scale = isResnet(backbone) ? resnet : (side / 128) ** 2;
  return ADDS[backbone].map((adds) => adds * scale);
}

/** What a run costs, in seconds on this device. */
export interface RunCost {
  /** Before the first step: the views that are seen once and kept. */
  preparation: number;
  step: number;
  evaluation: number;
}

/** By the device's trial: `imagesPerSecond` is not 0. */
export function runCost(
  config: RunConfig,
  { count, imagesPerSecond }: Pick<Facts, 'count' | 'imagesPerSecond'>,
): RunCost {
  const { frozen, batch, views, side, method } = config;
  const adds = stageAdds(config, side);
  const whole = adds[adds.length - 1];
  const below = frozen === 0 ? 0 : adds[frozen - 1];
  // A gradient takes two more passes; MoCo's keys are computed without one.
  const passes = method === 'moco' ? 4 : 6;
  const fresh = views > 0 ? 0 : 2 * below;
  const seen = stageAdds(config, seenBy(config).side).at(-1) ?? 0;
  const rate = TRIAL * imagesPerSecond;
  return {
    preparation: (views * count * below) / rate,
    step: (batch * (passes * (whole - below) + fresh)) / rate,
    evaluation: (count * seen + 2 * Math.min(count, VIEWED) * whole) / rate,
  };
}

/** Evaluations that are still to come of a run with so many steps left, the last one included. */
export function evaluationsLeft({ step, evaluation }: RunCost, config: RunConfig, count: number, left: number): number {
  const wait = (AS_LONG * (count + 2 * Math.min(count, VIEWED))) / config.batch;
  if (left < 2 * wait) return 1;
  return 2 + Math.floor(((left - 2 * wait) * step) / (EVALUATION_SHARE * evaluation));
}

/** Seconds of a whole run with its evaluations; null where it has no end, or nothing is known of the device. */
export function runSeconds(config: RunConfig, facts: Facts): number | null {
  const { steps } = config;
  if (steps === null || facts.imagesPerSecond === 0) return null;
  const cost = runCost(config, facts);
  const evaluations = evaluationsLeft(cost, config, facts.count, steps);
  return cost.preparation + steps * cost.step + evaluations * cost.evaluation;
}

/** Seconds of the steps that are left of a run, evaluations included: `stepSeconds` is what a step takes now. */
export function secondsLeft(config: RunConfig, count: number, left: number, stepSeconds: number): number {
  // How many steps an evaluation is worth does not depend on the device.
  const cost = runCost(config, { count, imagesPerSecond: 1 });
  const evaluations = evaluationsLeft(cost, config, count, left);
  return stepSeconds * (left + (evaluations * cost.evaluation) / cost.step);
}

/** Nobody can foretell seconds of minutes: '40 s', '5 min', '2 h'. */
export function aboutSeconds(seconds: number): number {
  const unit = seconds < 60 ? 10 : seconds < 3600 ? 60 : 3600;
  return Math.max(10, unit * Math.round(seconds / unit));
}
