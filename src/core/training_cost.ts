import type { RunConfig } from './config';
import type { Facts } from './defaults';
import { reconstructs } from './methods';
import type { PretrainedName } from './pretrained';
import { mapSize } from './stages';

// What a run that starts from a network of the page will take, said before it begins.

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
/** Millions of multiply-adds of a picture of the device's trial: both passes of one encoder, one of the other. */
const TRIAL = 49;

/** Seconds of training, kept views included, by the device's trial; null where it is not known. Evaluations come on top. */
export function trainingSeconds(config: RunConfig, { count, imagesPerSecond }: Facts): number | null {
  const { backbone, frozen, steps, batch, views, side, method } = config;
  const stages = backbone === 'inception-v3' || backbone === 'mobilenet-v2' ? MULTIPLY_ADDS[backbone] : null;
  if (!stages || steps === null || imagesPerSecond === 0 || reconstructs(method)) return null;
  const size = (side / 128) ** 2;
  const below = size * (frozen === 0 ? 0 : stages[frozen - 1]);
  const above = size * stages[stages.length - 1] - below;
  // A gradient takes two more passes; MoCo's keys are computed without one.
  const passes = method === 'moco' ? 4 : 6;
  const seen = views > 0 ? views * count : 2 * steps * batch;
  return (seen * below + steps * batch * passes * above) / (TRIAL * imagesPerSecond);
}
