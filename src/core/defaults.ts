import { adaptationValues, augmentationOf, CHOSEN_START } from './adaptation';
import {
  type BundledStart,
  type EncoderConfig,
  isBundled,
  isResnet,
  type MethodName,
  type Preset,
  type RecipeName,
  type RunConfig,
} from './config';
import { OWN_DEFAULTS, reconstructs } from './methods';
import { PRESETS, recipeFor } from './presets';

/** What the defaults are chosen from. */
export interface Facts {
  /** Pictures in the data set. */
  count: number;
  /** Median short side of the pictures, in pixels. */
  medianSide: number;
  storedSide: number;
  /** Images per second of the device's trial (smallest encoder, 32 px), 0 when not measured. */
  imagesPerSecond: number;
  /** What the pictures look like; not given: natural. */
  recipe?: RecipeName;
}

/** Below this rate the device trains the smallest encoder only; above the second, ResNet-18 in full width. */
const SLOW = 2_000;
const FAST = 20_000;

/** Largest multiple of the batch within [2B, 8192] that is no more than a quarter of the pictures, where that can be. */
export function defaultQueue(count: number, batch: number): number {
  return Math.floor(Math.min(8192, Math.max(2 * batch, count / 4)) / batch) * batch;
}

/** The queue of a run that enqueues `enqueued` keys a step. */
export const queueFor = (count: number, batch: number, enqueued: number): number =>
  Math.max(enqueued, Math.floor(defaultQueue(count, batch) / enqueued) * enqueued);

/** Largest number of equal groups up to `most` that leaves two pictures in each. */
export function groupsFor(batch: number, most: number): number {
  for (let groups = most; groups > 1; groups--) if (batch % groups === 0 && batch / groups >= 2) return groups;
  return 1;
}

/** B by the number of pictures, and never above a quarter of them; at least 2. */
export function defaultBatch(count: number): number {
  const wanted = count < 300 ? 32 : count < 1500 ? 64 : count < 10_000 ? 128 : 256;
  const most = 2 ** Math.floor(Math.log2(Math.max(2, count / 4)));
  return Math.min(wanted, most);
}

function defaultSide({ medianSide, storedSide, imagesPerSecond }: Facts, method: MethodName): number {
  const byPictures = medianSide <= 40 ? 32 : medianSide <= 72 ? 64 : 96;
  const byDevice = imagesPerSecond < SLOW ? 32 : 96;
  const side = Math.min(byPictures, byDevice, Math.floor(storedSide / 1.25));
  // A decoder doubles a small map up to the side.
  return reconstructs(method) ? Math.max(8, side - (side % 8)) : side;
}

function defaultEncoder(facts: Facts): Pick<RunConfig, 'backbone' | 'width' | 'stem'> {
  if (facts.imagesPerSecond < SLOW) return { backbone: 'resnet8', width: 16, stem: 'cifar' };
  const width = facts.imagesPerSecond < FAST ? 32 : 64;
  return { backbone: 'resnet18', width, stem: 'cifar' };
}

/** Four batch-norm groups where each still has eight pictures; the queue's keys then share no statistics with the query. */
const defaultGroups = (batch: number): number => (batch >= 32 ? 4 : batch >= 8 ? 2 : 1);

/** SGD's rate for 256 pictures a step, measured for short runs of small encoders. */
const RATE: Record<MethodName, number> = { moco: 0.12, simclr: 0.24, triplet: 0.12, ae: 0.4, dae: 0.4, vae: 0.4 };

/** A run's values for these pictures on this device. */
export function chooseDefaults(
  facts: Facts,
  preset: Preset = 'moco-v2',
  seed = 0,
  /** What the user starts from; not given: the choice is made here. */
  start?: RunConfig['start'],
): RunConfig {
  const { method } = PRESETS[preset];
  const side = defaultSide(facts, method);
  const batch = defaultBatch(facts.count);
  const queue = defaultQueue(facts.count, batch);
  const encoder = defaultEncoder(facts);
  const fast = facts.imagesPerSecond >= SLOW;
  const steps = fast ? 3000 : 600;
  const { recipe = 'natural' } = facts;
  const random: RunConfig = {
    preset,
    ...encoder,
    ...PRESETS[preset],
    side,
    batch,
    queue,
    steps,
    keyMomentum: steps < 3000 ? [0.99, 0.99] : [0.99, 0.999],
    symmetric: false,
    keyNorm: 'shuffle',
    groups: method === 'moco' ? defaultGroups(batch) : 1,
    ...OWN_DEFAULTS,
    learningRate: (RATE[method] * batch) / 256,
    warmup: 0.02,
    optimizerMomentum: 0.9,
    weightDecay: side <= 64 ? 5e-4 : 1e-4,
    decayAll: true,
    recipe,
    augmentation: recipeFor(recipe, side, preset),
    precision: 'full',
    seed,
  };
  const from = start === undefined && !reconstructs(method) ? CHOSEN_START : (start ?? null);
  return { ...random, ...(isBundled(from) ? adapted(random, facts, from) : { start: from }) };
}

/** An autoencoder begins with the weights and learns all of them; what compares keeps the lower ones. */
function adapted(random: RunConfig, facts: Facts, start: BundledStart): Partial<RunConfig> {
  const batch = Math.min(32, random.batch);
  const values = adaptationValues(facts, start, batch);
  if (!reconstructs(random.method)) return { ...values, augmentation: augmentationOf({ ...random, ...values }) };
  const { backbone, width, stem } = values;
  return { start, backbone, width, stem, side: 64, batch };
}

/** The untrained encoder that a run is measured against: its own; beside a pretrained start a small one, which costs little. */
export function untrainedOf(config: RunConfig): EncoderConfig & Pick<RunConfig, 'side'> {
  const { backbone, width, stem, head, dim, side } = config;
  if (isResnet(backbone)) return { backbone, width, stem, head, dim, side };
  return { backbone: 'resnet8', width: 16, stem: 'cifar', head, dim, side: 32 };
}
