import { type ConfigProblem, isResnet, type RunConfig } from './config';
import { applies, reconstructs } from './methods';
import { STAGES } from './representation';
import { wholeSide } from './seen';

/** What the settings must fit: the pictures of the data set, and what trains. */
export interface Limits {
  count: number;
  storedSide: number;
  /** Whether what trains keeps activations in half precision; not known where it is not said. */
  keepsHalf?: boolean;
}

const whole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;
const share = (value: number): boolean => value >= 0 && value <= 1;

function sizes(c: RunConfig, { count, storedSide, keepsHalf = true }: Limits): (ConfigProblem | false)[] {
  // Small pictures are enlarged for the networks that come with the page.
  const largest = Math.floor((isResnet(c.backbone) ? storedSide : wholeSide(storedSide)) / 1.25);
  return [
    count < 2 && {
      field: 'batch',
      message: `Two pictures at least are needed to tell pictures apart; there ${count === 1 ? 'is 1' : 'are none'}.`,
    },
    !whole(c.batch, 2) && { field: 'batch', message: 'A step takes at least 2 pictures.' },
    // Sets of fewer than 8 pictures cannot give 2 a step out of a quarter; they may train all the same.
    count >= 2 &&
      c.batch > Math.max(2, count / 4) && {
        field: 'batch',
        message: `At most a quarter of the ${count} pictures: ${Math.max(2, Math.floor(count / 4))}.`,
      },
    !whole(c.queue, 1) && { field: 'queue', message: 'The queue has at least one row.' },
    c.queue % c.batch !== 0 && {
      field: 'queue',
      message: `A whole number of batches: a multiple of ${c.batch}, such as ${Math.max(1, Math.round(c.queue / c.batch)) * c.batch}.`,
    },
    c.symmetric &&
      c.queue % (2 * c.batch) !== 0 && {
        field: 'queue',
        message: `The symmetric loss enqueues two batches a step: a multiple of ${2 * c.batch}.`,
      },
    c.queue > 65536 && { field: 'queue', message: "At most 65,536 rows, the papers' size." },
    !whole(c.side, 8) && { field: 'side', message: 'A view has at least 8 pixels a side.' },
    c.side % 4 !== 0 && { field: 'side', message: 'A multiple of 4 pixels.' },
    c.side > largest && {
      field: 'side',
      message: `These pictures are stored at ${storedSide} px: views of up to ${largest} px. Import them again for larger ones.`,
    },
    reconstructs(c.method) &&
      c.side % shrinking(c) !== 0 && {
        field: 'side',
        message: `The decoder doubles its way up from a small map: a multiple of ${shrinking(c)} for this backbone.`,
      },
    !(whole(c.frozen, 0) && c.frozen <= STAGES[c.backbone].length) && {
      field: 'frozen',
      message: `From 0 to ${STAGES[c.backbone].length}, the number of stages.`,
    },
    !(whole(c.views, 0) && c.views !== 1) && {
      field: 'views',
      message: 'At least two, or 0 for fresh ones each step.',
    },
    c.views > 0 &&
      c.frozen === 0 && { field: 'views', message: 'Only what frozen stages make can be kept: freeze some.' },
    !whole(c.neighbours, 0) && { field: 'neighbours', message: 'A whole number, 0 for none.' },
    c.neighbours >= count && count >= 2 && { field: 'neighbours', message: `Fewer than the ${count} pictures.` },
    c.neighbours > 0 &&
      !c.start && { field: 'neighbours', message: 'Random weights know no neighbours: choose weights to start from.' },
    c.neighbours > 0 &&
      c.decoupled &&
      c.method === 'simclr' && { field: 'neighbours', message: 'The decoupled loss has no use for neighbours: 0.' },
    c.frozen > 0 &&
      !c.start && {
        field: 'frozen',
        message: 'Random weights that never learn would stay random: choose weights to start from.',
      },
    !whole(c.groups, 1) && { field: 'groups', message: 'At least one group.' },
    c.batch % c.groups !== 0 && {
      field: 'groups',
      message: `${c.batch} pictures do not divide into ${c.groups} equal groups.`,
    },
    c.batch % c.groups === 0 &&
      c.batch / c.groups < 2 && { field: 'groups', message: 'A batch-norm group needs two pictures at least.' },
    c.steps !== null &&
      !whole(c.steps, 1) && { field: 'steps', message: 'At least one step, or none for a run without an end.' },
    !whole(c.dim, 2) && {
      field: 'dim',
      message: `A ${reconstructs(c.method) ? 'code' : 'projection'} has at least 2 columns.`,
    },
    (c.method === 'vae' || (c.head === 'mlp-norm' && !reconstructs(c.method))) &&
      c.dim % 4 !== 0 && { field: 'dim', message: 'A multiple of 4 columns for this method: its norms work in fours.' },
    c.precision === 'half' &&
      !keepsHalf && {
        field: 'precision',
        message: 'Half precision takes WebGPU on a graphics device with shader-f16; what trains here is not that.',
      },
    c.backbone === 'inception-v3' &&
      c.side < 44 && { field: 'side', message: 'InceptionV3 needs views of 44 px or more.' },
    isResnet(c.backbone) &&
      c.stem === 'imagenet' &&
      c.side < 32 && { field: 'stem', message: 'The ImageNet stem needs views of 32 px or more.' },
  ] as (ConfigProblem | false)[];
}

/** By how much a backbone shrinks the side of its pictures. */
function shrinking({ backbone, stem }: RunConfig): number {
  if (!isResnet(backbone)) return backbone === 'mobilenet-v2' ? 32 : 16;
  return (backbone === 'resnet8' ? 4 : 8) * (stem === 'imagenet' ? 4 : 1);
}

function ownOfMethods(c: RunConfig): (ConfigProblem | false)[] {
  return [
    !(c.margin > 0 && c.margin <= 4) && { field: 'margin', message: 'Above 0, at most 4.' },
    !(c.inputNoise >= 0 && c.inputNoise <= 1) && { field: 'inputNoise', message: 'From 0 to 1.' },
    !(c.masked >= 0 && c.masked < 1) && { field: 'masked', message: 'A share of the picture, from 0 to under 1.' },
    !(c.beta >= 0 && c.beta <= 1000) && { field: 'beta', message: 'From 0 to 1000.' },
    !share(c.betaWarmup) && { field: 'betaWarmup', message: 'A share of the steps, from 0 to 1.' },
  ] as (ConfigProblem | false)[];
}

function rates(c: RunConfig): (ConfigProblem | false)[] {
  const [first, last] = c.keyMomentum;
  return [
    !(c.temperature > 0 && c.temperature <= 10) && {
      field: 'temperature',
      message: 'Above 0, at most 10; the papers use .07 to .5.',
    },
    !(first >= 0 && first < 1 && last >= 0 && last <= 1) && {
      field: 'keyMomentum',
      message: 'From 0 up to 1; at 1 the key encoder would never follow.',
    },
    !(c.learningRate > 0 && c.learningRate <= 10) && { field: 'learningRate', message: 'Above 0, at most 10.' },
    !(c.optimizerMomentum >= 0 && c.optimizerMomentum < 1) && {
      field: 'optimizerMomentum',
      message: 'From 0 to just under 1.',
    },
    !(c.weightDecay >= 0 && c.weightDecay < 1) && { field: 'weightDecay', message: 'From 0 to just under 1.' },
    !(c.warmup >= 0 && c.warmup < 1) && { field: 'warmup', message: 'A share of the steps, from 0 to just under 1.' },
    !Number.isInteger(c.seed) && { field: 'seed', message: 'A whole number.' },
  ] as (ConfigProblem | false)[];
}

function augmentation({ augmentation: a }: RunConfig): (ConfigProblem | false)[] {
  const problem = (message: string): ConfigProblem => ({ field: 'augmentation', message });
  const strengths = [a.jitter.brightness, a.jitter.contrast, a.jitter.saturation];
  const probabilities = [a.flip, a.verticalFlip, a.jitter.probability, a.grey, a.blur.probability];
  return [
    !(a.crop[0] > 0 && a.crop[0] <= a.crop[1] && a.crop[1] <= 1) &&
      problem('The crop goes from a smallest share of the picture above 0 to a largest of at most 1.'),
    !probabilities.every(share) && problem('Probabilities lie between 0 and 1.'),
    !strengths.every((strength) => strength >= 0 && strength <= 2) && problem('Jitter strengths lie between 0 and 2.'),
    !(a.jitter.hue >= 0 && a.jitter.hue <= 0.5) && problem('The hue may turn by at most half a circle: 0 to .5.'),
    !(a.blur.sigma[0] > 0 && a.blur.sigma[0] <= a.blur.sigma[1]) &&
      problem('Blur goes from a smallest sigma above 0 to a largest.'),
    !(a.noise >= 0 && a.noise <= 1) && problem('Noise lies between 0 and 1.'),
  ];
}

/** Every setting that does not fit, in words, of those that the method has a use for; empty when the run can start. */
export function checkConfig(config: RunConfig, limits: Limits): ConfigProblem[] {
  const found = [...sizes(config, limits), ...ownOfMethods(config), ...rates(config), ...augmentation(config)];
  return found
    .filter((problem): problem is ConfigProblem => problem !== false)
    .filter(({ field }) => applies(field, config.method));
}
