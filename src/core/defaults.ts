import type { Preset, RunConfig } from './config';
import { PRESETS, recipeFor } from './presets';

/** What the defaults are chosen from. */
export interface Facts {
  /** Pictures in the data set. */
  count: number;
  /** Median short side of the pictures, in pixels. */
  medianSide: number;
  /** Side of the stored squares. */
  storedSide: number;
  /** Images per second of the device's trial (smallest encoder, 32 px), 0 when not measured. */
  imagesPerSecond: number;
}

export type Reasons = Partial<Record<keyof RunConfig, string>>;

/** Below this rate the device trains the smallest encoder only; above the second, ResNet-18 in full width. */
const SLOW = 2_000;
const FAST = 20_000;

/** Largest multiple of the batch within [2B, 8192] that is no more than a quarter of the pictures, where that can be. */
export function defaultQueue(count: number, batch: number): number {
  return Math.floor(Math.min(8192, Math.max(2 * batch, count / 4)) / batch) * batch;
}

/** B by the number of pictures, and never above a quarter of them; at least 2. */
export function defaultBatch(count: number): number {
  const wanted = count < 300 ? 32 : count < 1500 ? 64 : count < 10_000 ? 128 : 256;
  const most = 2 ** Math.floor(Math.log2(Math.max(2, count / 4)));
  return Math.min(wanted, most);
}

function defaultSide({ medianSide, storedSide, imagesPerSecond }: Facts): number {
  const byPictures = medianSide <= 40 ? 32 : medianSide <= 72 ? 64 : 96;
  const byDevice = imagesPerSecond < SLOW ? 32 : 96;
  return Math.min(byPictures, byDevice, Math.floor(storedSide / 1.25));
}

function defaultEncoder(facts: Facts): Pick<RunConfig, 'backbone' | 'width' | 'stem' | 'dim'> {
  if (facts.imagesPerSecond < SLOW) return { backbone: 'resnet8', width: 16, stem: 'cifar', dim: 128 };
  const width = facts.imagesPerSecond < FAST ? 32 : 64;
  return { backbone: 'resnet18', width, stem: 'cifar', dim: 128 };
}

/** Four batch-norm groups where each still has eight pictures; the queue's keys then share no statistics with the query. */
const defaultGroups = (batch: number): number => (batch >= 32 ? 4 : batch >= 8 ? 2 : 1);

/** A run's values for these pictures on this device, and one sentence why for each that depends on them. */
export function chooseDefaults(
  facts: Facts,
  preset: Preset = 'moco-v2',
  seed = 0,
): { config: RunConfig; reasons: Reasons } {
  const side = defaultSide(facts);
  const batch = defaultBatch(facts.count);
  const queue = defaultQueue(facts.count, batch);
  const encoder = defaultEncoder(facts);
  const fast = facts.imagesPerSecond >= SLOW;
  const steps = fast ? 3000 : 600;
  const config: RunConfig = {
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
    groups: defaultGroups(batch),
    learningRate: (0.12 * batch) / 256,
    warmup: 0.02,
    optimizerMomentum: 0.9,
    weightDecay: side <= 64 ? 5e-4 : 1e-4,
    decayAll: true,
    recipe: 'natural',
    augmentation: recipeFor('natural', side, preset),
    seed,
  };
  return { config, reasons: reasonsFor(config, facts) };
}

/** One sentence a value: what it does here and what it follows from. */
export function reasonsFor(config: RunConfig, facts: Facts): Reasons {
  const pictures = `${facts.count.toLocaleString('en')} pictures`;
  const pace =
    facts.imagesPerSecond > 0
      ? `about ${Math.round(facts.imagesPerSecond).toLocaleString('en')} images a second here`
      : 'a speed not measured yet';
  return {
    preset:
      'Version 2 learns more than version 1 in the papers and in our measurements; version 1 is simpler to explain.',
    backbone: `The largest encoder that shows progress within minutes at ${pace}.`,
    width: 'Channels of the first stage: twice as many cost about four times as much.',
    stem:
      config.stem === 'cifar'
        ? 'Views up to 96 px keep their detail with a 3 x 3 stem and no pooling.'
        : 'Made for views of 128 px and more: it shrinks them fourfold at once.',
    head: 'The loss sees this small network on top; search uses what lies below it.',
    dim: 'The length of a projection in the papers.',
    side: `The pictures' short side is ${facts.medianSide} px (median), and the device manages ${pace}.`,
    batch: `For ${pictures}: at most a quarter of them, so that a step is not the whole set.`,
    queue: `About a quarter of ${pictures}, in whole batches: many negatives, few of them the picture itself.`,
    steps:
      config.steps === null
        ? 'Trains until you ask it to end.'
        : 'A first look; extend the run as long as the neighbours get better.',
    temperature: 'The value published for this head and for small views.',
    keyMomentum: 'How slowly the key encoder follows; short runs need it to follow faster than the papers did.',
    symmetric: 'Each view serves once as query and once as key: twice the work a step, better at equal steps.',
    keyNorm: 'Shuffled groups keep batch norm from giving the answer away; EMAN is cheaper and close.',
    groups: `${config.batch} pictures in groups of ${config.batch / config.groups} for batch norm.`,
    learningRate: '0.12 for 256 pictures a step, in proportion to the batch: measured best for runs this short.',
    schedule: 'Falls to zero at the last step, so that the end is also the best.',
    warmup: 'The first steps of a fresh network are wild: the rate rises over them.',
    optimizerMomentum: "The papers' value.",
    weightDecay: "The authors' value for small views; larger views take 1e-4.",
    decayAll: "As the papers' code does: norms and biases too.",
    recipe: 'Say what kind of pictures these are: what a view may change is what search will ignore.',
    seed: 'The same seed on the same device gives the same run.',
  };
}
