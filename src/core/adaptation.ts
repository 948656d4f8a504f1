import type { BackboneName, BundledStart, RunConfig } from './config';
import type { Facts } from './defaults';
import { recipeFor } from './presets';
import { FIRST_ENCODER, type PretrainedName } from './pretrained';
import { STAGES } from './representation';
import { wholeSide } from './seen';
import { keptBytes } from './training_cost';

// Values of a run that adapts a network which comes with the page: the recipe that measured best (docs/adaptation.md).

/** Stages that stay as they are: of InceptionV3 up to mixed3, of MobileNetV2 up to block_12. */
const FROZEN: Record<PretrainedName, string> = { 'inception-v3': 'mixed3', 'mobilenet-v2': 'block_12' };

const stagesUpTo = (backbone: BackboneName, stage: string): number => STAGES[backbone].indexOf(stage) + 1;

/** The least side of views at which these networks are worth it. */
export const LEAST_SIDE = 64;

/** Pixels of a view: whole pictures are seen at 1.25 times as much (`wholeSide`), so small ones are enlarged. */
const sideOf = ({ storedSide }: Facts): number => wholeSide(storedSide) / 1.25;

/** What a comparing method starts from unless the user chooses: on every set measured it finds better than random weights. */
export const CHOSEN_START: BundledStart = { bundled: FIRST_ENCODER };

/** Views that are kept of each picture, of which steps draw two. */
const MOST_VIEWS = 10;
/** Views of 128 px, of all pictures together, that the frozen stages see in two minutes on a slow device. */
const SEEN = 4000;
const MEMORY = 512 * 1024 ** 2;

type Kept = Pick<RunConfig, 'backbone' | 'width' | 'stem' | 'side' | 'frozen' | 'batch'>;

/** 10 for a few hundred pictures, fewer for more or where they would not be half of what `steps` of fresh ones are; 0, fresh ones, where even two would be more, or take too much memory. */
export function keptViews(config: Kept, count: number, steps: number): number {
  const bytes = keptBytes({ ...config, views: 1 }, count);
  if (config.frozen === 0 || 2 * count > config.batch * steps || 2 * bytes > MEMORY) return 0;
  const seen = SEEN * (128 / config.side) ** 2;
  return Math.max(2, Math.floor(Math.min(MOST_VIEWS, seen / count, (config.batch * steps) / count, MEMORY / bytes)));
}

/** 256 keys, fewer where there are fewer pictures, in whole steps' keys. */
export const adaptingQueue = (count: number, enqueued: number): number =>
  enqueued * Math.max(1, Math.floor(Math.min(256, count) / enqueued));

/** The values that differ from those of a run that begins at random. */
export function adaptationValues(facts: Facts, start: BundledStart, batch: number): Partial<RunConfig> {
  const { bundled } = start;
  const side = sideOf(facts);
  const steps = facts.count <= 300 ? 200 : 300;
  const frozen = stagesUpTo(bundled, FROZEN[bundled]);
  const shape = { backbone: bundled, width: 64, stem: 'imagenet' } as const;
  return {
    start,
    ...shape,
    frozen,
    norms: 'running',
    keyNorm: 'eman',
    groups: 1,
    side,
    batch,
    queue: adaptingQueue(facts.count, batch),
    steps,
    views: keptViews({ ...shape, side, frozen, batch }, facts.count, steps),
    neighbours: facts.count > 40 ? 10 : 0,
    keyMomentum: [0.99, 0.99],
    learningRate: (0.01 * batch) / 32,
    warmup: 0.05,
    weightDecay: 1e-4,
  };
}

/** The recipe's values of a run: what is adapted sees larger crops, and no blur. */
export function augmentationOf({
  recipe,
  side,
  preset,
  norms,
}: Pick<RunConfig, 'recipe' | 'side' | 'preset' | 'norms'>) {
  const values = recipeFor(recipe, side, preset);
  if (norms !== 'running') return values;
  return { ...values, crop: [0.25, 1] as const, blur: { ...values.blur, probability: 0 } };
}
