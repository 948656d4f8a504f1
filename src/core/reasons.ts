import { count, counted } from './amounts';
import { isBundled, isResnet, type MethodName, type Preset, type RunConfig } from './config';
import type { Facts } from './defaults';
import { reconstructs } from './methods';
import { FIRST_ENCODER, pretrainedNamed } from './pretrained';

type Reasons = Partial<Record<keyof RunConfig, string>>;

const PRESET_REASONS: Record<Preset, string> = {
  'moco-v2': 'Needs no large batches, and learns more than version 1 in the papers and in our measurements.',
  'moco-v1': 'Simpler to explain than version 2, which learns more.',
  simclr: 'Compare it with MoCo at the same batch size: without a queue it sees fewer negatives.',
  triplet: 'One negative at a time, chosen neither too easy nor too hard.',
  ae: 'Every method that compares pictures should find better than this one.',
  dae: 'Mostly better for search than the plain autoencoder: copying is not enough.',
  vae: 'Gives up sharpness for a space that new pictures can be drawn from.',
};

const DIM_REASONS: Record<MethodName, string> = {
  moco: 'The papers use 128.',
  simclr: 'The paper uses 128.',
  triplet: 'FaceNet uses 128.',
  ae: 'All that the decoder is told of a picture: fewer numbers, blurrier pictures.',
  dae: 'All that the decoder is told of a picture: fewer numbers, blurrier pictures.',
  vae: 'More numbers than it will use: those it does not need stay silent.',
};

const SCHEDULE_REASONS: Record<RunConfig['schedule'], string> = {
  cosine: 'Falls smoothly to zero at the last step, so that the run ends settled.',
  steps: 'Falls to a tenth twice, late in the run, as in the first paper.',
  constant: 'Stays the same to the end.',
};

function startReason({ start }: RunConfig): string {
  if (start === null) return 'Random weights: what the network knows in the end, it knows from these pictures alone.';
  if (!isBundled(start)) return 'Goes on from weights that have learned before, and needs fewer steps.';
  const from = `Goes on from what ${pretrainedNamed(start.bundled).title} learned from a million photos`;
  return start.bundled === FIRST_ENCODER
    ? `${from}: on every set we measured it found better than random weights.`
    : `${from}, and needs fewer steps.`;
}

function temperatureReason(preset: Preset): string {
  if (preset === 'simclr')
    return "At a browser's batch sizes .2 did as well as the .5 that the authors use for small pictures.";
  return preset === 'moco-v1' ? "The authors' value for small pictures." : "The paper's value.";
}

/** Why views are as large as they are; `pace` is what the device manages. */
function sideReason({ side, start, backbone, method }: RunConfig, { medianSide }: Facts, pace: string): string {
  if (reconstructs(method) && start) return 'Small, because the decoder draws every pixel again.';
  if (!isResnet(backbone))
    return side < 128
      ? 'Small pictures are enlarged: the network finds better in them so.'
      : 'Views have four fifths of the side at which the network sees whole pictures.';
  if (side >= medianSide)
    return `The pictures have ${medianSide} px (short side, median): larger views would show no more.`;
  return `The pictures have ${medianSide} px (short side, median); smaller views keep a step short at ${pace}.`;
}

function batchReason({ method, batch }: RunConfig, pictures: string, count: number): string {
  if (method === 'simclr')
    return 'The other pictures of a step are the only negatives: the more, the better, up to a quarter of all.';
  if (4 * batch > count) return `The least that can be compared, because there are only ${pictures}.`;
  return 8 * batch > count
    ? `At most a quarter of ${pictures}, so that a step is not the whole set.`
    : 'Pictures of one step. More make a step slower and steadier.';
}

function queueReason({ queue, batch, norms }: RunConfig, pictures: string, count: number): string {
  if (queue >= count && queue <= 2 * batch) return `Two batches: with ${pictures} there are no more to remember.`;
  const size =
    norms === 'running' ? `As many as there are, up to 256, in whole batches` : `About a quarter of ${pictures}`;
  return queue <= 2 * batch && norms !== 'running'
    ? 'Two batches: the least from which much is learned.'
    : `${size}: pictures seen lately, from which each one is told apart.`;
}

/** One sentence a value: what it does here and what it follows from. */
export function reasonsFor(config: RunConfig, facts: Facts): Reasons {
  const { method, batch, groups, start, preset, norms } = config;
  const pictures = counted(facts.count, 'picture');
  const adapts = norms === 'running';
  const pace =
    facts.imagesPerSecond > 0
      ? `about ${count(facts.imagesPerSecond)} small images a second`
      : 'a speed not measured yet';
  return {
    preset: PRESET_REASONS[preset],
    backbone:
      config.backbone === 'resnet8'
        ? `The smallest network: larger ones learn more and take longer, and this device manages ${pace}.`
        : `Larger networks learn more and take longer; this device manages ${pace}.`,
    width: 'Channels of the first stage: twice as many cost about four times as much.',
    stem:
      config.stem === 'cifar'
        ? 'Small views keep their detail with a 3 x 3 layer and no pooling.'
        : 'Made for views of 128 px and more: it shrinks them fourfold at once.',
    head: 'The loss sees this small network on top; search uses what lies below it.',
    dim: DIM_REASONS[method],
    side: sideReason(config, facts, pace),
    batch: batchReason(config, pictures, facts.count),
    queue: queueReason(config, pictures, facts.count),
    steps:
      config.steps === null
        ? 'Trains until you ask it to end.'
        : adapts
          ? 'Mostly enough to adapt a trained network. Train more as long as the neighbours get better.'
          : 'A first look. Train more as long as the neighbours get better.',
    temperature: temperatureReason(preset),
    keyMomentum: 'How slowly the key encoder follows; short runs need it to follow faster than the papers did.',
    symmetric: 'Each view serves once as query and once as key: twice the work a step, better at equal steps.',
    keyNorm: 'Shuffled groups keep batch norm from giving the answer away; EMAN is cheaper and close.',
    groups:
      groups === 1
        ? 'Batch norm over the whole step.'
        : `${batch} pictures in groups of ${batch / groups} for batch norm.`,
    start: startReason(config),
    frozen:
      start === null
        ? 'Nothing to keep: every layer learns.'
        : config.frozen > 0
          ? 'Lower layers see edges and colours, much the same in all pictures: frozen they save time and forget nothing.'
          : 'All layers learn: slower, and what the network knew may be lost.',
    norms: adapts
      ? 'Norms keep the statistics that the network was trained with: a small step cannot upset them.'
      : 'Norms use the statistics of each step, as a network that begins at random needs.',
    views:
      config.views > 0
        ? `Each picture is seen ${config.views} times before training, and steps draw from that: several times as fast.`
        : 'Each step sees new crops and colours: slower, and never the same view twice.',
    neighbours:
      config.neighbours > 0
        ? 'Half of the time the other view is of a picture that already looks alike, and such pictures are not pushed apart.'
        : 'Two views of one picture are all that is known to belong together.',
    decoupled: 'Leaves the positive out of the denominator (Yeh et al. 2022): loses less where batches are small.',
    margin: 'Squared distances of unit vectors go from 0 to 4: a negative is to be farther than the positive by this.',
    inputNoise: 'Standard deviation of what is added to each value, 0 to 1: enough to see, too little to hide a shape.',
    masked: 'Share of 8 x 8 patches that are hidden: to fill them in, the encoder must know what belongs there.',
    beta: 'How much the codes pay for leaving the standard normal: higher gives blurrier pictures and rounder clouds.',
    betaWarmup: 'Share of the steps over which that price rises from 0: dimensions come into use before they cost.',
    learningRate: reconstructs(method)
      ? 'In proportion to the batch size; higher than for contrast, because an error averaged over all pixels is gentle.'
      : adapts
        ? 'In proportion to the batch size, and low: a trained network is adapted, not taught anew.'
        : 'In proportion to the batch size: measured best for short runs.',
    schedule: SCHEDULE_REASONS[config.schedule],
    warmup: adapts
      ? 'The rate rises over the first steps, so that they do not undo what the network knows.'
      : 'The first steps of a fresh network are wild: the rate rises over them.',
    optimizerMomentum: "The papers' value.",
    precision:
      'Half keeps activations in 16 bits: a third less to move, and room for more pictures a step. Sums and weights stay in 32.',
    weightDecay: config.weightDecay === 5e-4 ? "The authors' value for small views." : "The papers' value is 1e-4.",
    decayAll: "As the papers' code does: norms and biases too.",
    recipe: 'What a variation may change is what search will ignore.',
    seed: 'The same seed on the same device gives the same run.',
  };
}
