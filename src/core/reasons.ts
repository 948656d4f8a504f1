import { isBundled, type MethodName, type RunConfig } from './config';
import type { Facts } from './defaults';
import { reconstructs } from './methods';
import { pretrainedNamed } from './pretrained';

export type Reasons = Partial<Record<keyof RunConfig, string>>;

const PRESET_REASONS: Record<MethodName, string> = {
  moco: 'Version 2 learns more than version 1 in the papers and in our measurements; version 1 is simpler to explain.',
  simclr: 'Compare it with MoCo at the same batch: without a queue it sees fewer negatives.',
  triplet: 'One negative at a time, chosen neither too easy nor too hard.',
  ae: 'A baseline that every contrastive method should beat at search.',
  dae: 'Mostly better for search than the plain autoencoder: copying is not enough.',
  vae: 'Gives up sharpness for a space that can be drawn from.',
};

const DIM_REASONS: Record<MethodName, string> = {
  moco: 'The length of a projection in the papers.',
  simclr: 'The length of a projection in the papers.',
  triplet: "The length of FaceNet's embeddings.",
  ae: 'All that the decoder is told of a picture: fewer columns, blurrier pictures.',
  dae: 'All that the decoder is told of a picture: fewer columns, blurrier pictures.',
  vae: 'More columns than it will use: those it does not need stay silent.',
};

/** Why a run starts from what it starts from. */
function startReason({ start }: RunConfig): string {
  if (isBundled(start))
    return `Goes on from what ${pretrainedNamed(start.bundled).title} learned from a million photos: fewer steps, and better neighbours.`;
  if (start)
    return 'Goes on from weights that have learned before: fewer steps are needed, and what they know is kept.';
  return 'Random weights: what the encoder knows in the end, it knows from these pictures alone.';
}

/** One sentence a value: what it does here and what it follows from. */
export function reasonsFor(config: RunConfig, facts: Facts): Reasons {
  const { method, batch, groups, start } = config;
  const pictures = `${facts.count.toLocaleString('en')} pictures`;
  const pace =
    facts.imagesPerSecond > 0
      ? `about ${Math.round(facts.imagesPerSecond).toLocaleString('en')} images a second here`
      : 'a speed not measured yet';
  return {
    preset: PRESET_REASONS[method],
    backbone: `The largest encoder that shows progress within minutes at ${pace}.`,
    width: 'Channels of the first stage: twice as many cost about four times as much.',
    stem:
      config.stem === 'cifar'
        ? 'Views up to 96 px keep their detail with a 3 x 3 stem and no pooling.'
        : 'Made for views of 128 px and more: it shrinks them fourfold at once.',
    head: 'The loss sees this small network on top; search uses what lies below it.',
    dim: DIM_REASONS[method],
    side: `The pictures' short side is ${facts.medianSide} px (median), and the device manages ${pace}.`,
    batch:
      method === 'simclr'
        ? `For ${pictures}: at most a quarter of them. The other pictures of a step are the only negatives: the more the better.`
        : `For ${pictures}: at most a quarter of them, so that a step is not the whole set.`,
    queue: `About a quarter of ${pictures}, in whole batches: many negatives, few of them the picture itself.`,
    steps:
      config.steps === null
        ? 'Trains until you ask it to end.'
        : 'A first look; extend the run as long as the neighbours get better.',
    temperature: 'The value published for this head and for small views.',
    keyMomentum: 'How slowly the key encoder follows; short runs need it to follow faster than the papers did.',
    symmetric: 'Each view serves once as query and once as key: twice the work a step, better at equal steps.',
    keyNorm: 'Shuffled groups keep batch norm from giving the answer away; EMAN is cheaper and close.',
    groups:
      groups === 1
        ? 'Batch norm over the whole step, as in the paper.'
        : `${batch} pictures in groups of ${batch / groups} for batch norm.`,
    start: startReason(config),
    frozen: start
      ? 'Lower layers see edges and colours, much the same in all pictures: frozen they save time and forget nothing.'
      : 'Nothing to keep: every layer learns.',
    norms:
      config.norms === 'running'
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
      ? 'In proportion to the batch; higher than for contrast, because an error averaged over all pixels is gentle.'
      : 'In proportion to the batch: measured best for runs this short.',
    schedule: 'Falls to zero at the last step, so that the end is also the best.',
    warmup: 'The first steps of a fresh network are wild: the rate rises over them.',
    optimizerMomentum: "The papers' value.",
    precision:
      'Half keeps activations in 16 bits: a third less to move, and room for more pictures a step. Sums and weights stay in 32.',
    weightDecay: "The authors' value for small views; larger views take 1e-4.",
    decayAll: "As the papers' code does: norms and biases too.",
    recipe: 'Say what kind of pictures these are: what a view may change is what search will ignore.',
    seed: 'The same seed on the same device gives the same run.',
  };
}
