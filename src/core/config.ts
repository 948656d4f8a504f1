import type { PretrainedName } from './pretrained';

/** A run's values: what is trained, on what, how. Plain data, stored with the run and printed in its report. */
export type MethodName = 'moco' | 'simclr' | 'triplet' | 'ae' | 'dae' | 'vae';
/** Published values of a method; MoCo has two sets of them. */
export type Preset = 'moco-v1' | 'moco-v2' | Exclude<MethodName, 'moco'>;
export type BackboneName = 'resnet8' | 'resnet18' | 'resnet34' | 'resnet50' | 'mobilenet-v2' | 'inception-v3';
/** Whether width and stem mean anything: the others have the shape that they were trained in. */
export const isResnet = (backbone: BackboneName): boolean => backbone.startsWith('resnet');
export type Stem = 'cifar' | 'imagenet';
/** Linear, MoCo v2's hidden layer, SimCLR's hidden layer with batch norm. */
export type Head = 'linear' | 'mlp' | 'mlp-norm';
export type KeyNorm = 'shuffle' | 'eman';
export type Schedule = 'cosine' | 'steps' | 'constant';
/** What is kept of activations from forward to backward pass: all of single precision, or half of it. */
export type Precision = 'full' | 'half';
export type RecipeName = 'natural' | 'product' | 'overhead' | 'grey';

/** An encoder's shape: the backbone with its stem and width, and the projection head. */
export interface EncoderConfig {
  backbone: BackboneName;
  /** Channels of the first stage; each later stage doubles them. */
  width: 16 | 32 | 64;
  stem: Stem;
  head: Head;
  /** Columns of a projection, or of an autoencoder's code. */
  dim: number;
}

/** The list of augmentations. A probability of 0 or a strength of 0 switches one off. */
export interface Recipe {
  /** Area of the random resized crop as a share of the picture, smallest and largest. */
  crop: readonly [number, number];
  /** Probabilities. */
  flip: number;
  verticalFlip: number;
  quarterTurns: boolean;
  /** Strengths as torchvision's ColorJitter reads them; applied in random order with this probability. */
  jitter: { brightness: number; contrast: number; saturation: number; hue: number; probability: number };
  grey: number;
  /** MoCo v1 greys before the jitter, everyone else after. */
  greyFirst: boolean;
  /** Sigma in pixels of the view. */
  blur: { probability: number; sigma: readonly [number, number] };
  /** Standard deviation of Gaussian noise, in units of the 0-1 range. */
  noise: number;
}

/** A file of weights that a run begins with, kept in the database by its hash. */
export interface StartFile {
  name: string;
  sha256: string;
}

/** A network that comes with the page, as a run begins with it. */
export interface BundledStart {
  bundled: PretrainedName;
}

/** Whether weights are those of a network that comes with the page. */
export const isBundled = (start: StartFile | BundledStart | null): start is BundledStart =>
  start !== null && 'bundled' in start;

export interface RunConfig extends EncoderConfig {
  preset: Preset;
  method: MethodName;
  /** Pixels of a view's side: views are crops of squares of 1.25 times it. */
  side: number;
  /** Pictures a step (B), two views of each. */
  batch: number;
  /** Rows of the key queue (K). */
  queue: number;
  /** Steps of the run, or null for an open-ended run that ends with a cool-down when asked. */
  steps: number | null;
  temperature: number;
  /** Momentum of the key encoder, at the first and at the last step, cosine between. */
  keyMomentum: readonly [number, number];
  symmetric: boolean;
  keyNorm: KeyNorm;
  /** Batch-norm groups of a batch: 1 is ordinary batch norm. */
  groups: number;
  /** SimCLR: negatives alone in the denominator (DCL, Yeh et al. 2022). */
  decoupled: boolean;
  /** Triplet: by how much the negative's squared distance must exceed the positive's. */
  margin: number;
  /** Weights to begin with instead of random ones. */
  start: StartFile | BundledStart | null;
  /** Stages of the backbone that do not learn, from below: 1 the first, 2 the second as well. */
  frozen: number;
  /** What the backbone's norms use in training: statistics of the batch, or the running ones throughout. */
  norms: 'batch' | 'running';
  /** Views of each picture that the frozen stages see once, before training; 0: each step makes fresh ones. */
  views: number;
  /** How many nearest neighbours of a picture may serve as its positives where they are mutual; 0: its own views alone. */
  neighbours: number;
  /** Denoising: standard deviation of the noise on the input, in units of the 0-1 range. */
  inputNoise: number;
  /** Denoising: share of the input's patches that are hidden. */
  masked: number;
  /** VAE: weight of the divergence from the prior, once warm. */
  beta: number;
  /** VAE: share of the steps over which that weight rises from 0. */
  betaWarmup: number;
  learningRate: number;
  schedule: Schedule;
  /** Share of the steps over which the rate rises linearly. */
  warmup: number;
  optimizerMomentum: number;
  weightDecay: number;
  /** Decay norms and biases as well, as the papers' code does. */
  decayAll: boolean;
  recipe: RecipeName;
  augmentation: Recipe;
  precision: Precision;
  seed: number;
}

export type BackendName = 'webgpu' | 'wasm' | 'webgl' | 'cpu';
/** What the user chose; 'auto' lets the device ladder decide. */
export type BackendChoice = 'auto' | BackendName;

/** One setting that does not fit, in words for the user. `field` is where to show it. */
export interface ConfigProblem {
  field: keyof RunConfig;
  message: string;
}
