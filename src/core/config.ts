/** A run's values: what is trained, on what, how. Plain data, stored with the run and printed in its report. */
export type Preset = 'moco-v1' | 'moco-v2';
export type BackboneName = 'resnet8' | 'resnet18' | 'resnet34' | 'resnet50';
export type Stem = 'cifar' | 'imagenet';
export type Head = 'linear' | 'mlp';
export type KeyNorm = 'shuffle' | 'eman';
export type Schedule = 'cosine' | 'steps' | 'constant';
export type RecipeName = 'natural' | 'product' | 'overhead' | 'grey';

/** An encoder's shape: the backbone with its stem and width, and the projection head. */
export interface EncoderConfig {
  backbone: BackboneName;
  /** Channels of the first stage; each later stage doubles them. */
  width: 16 | 32 | 64;
  stem: Stem;
  head: Head;
  /** Columns of a projection. */
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

export interface RunConfig extends EncoderConfig {
  preset: Preset;
  /** Pixels of a view's side. Pictures are stored at 1.25 times it. */
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
  seed: number;
}

export type BackendName = 'webgpu' | 'wasm' | 'webgl' | 'cpu';
/** What the person chose; 'auto' lets the device ladder decide. */
export type BackendChoice = 'auto' | BackendName;

/** One setting that does not fit, in words for the person. `field` is where to show it. */
export interface ConfigProblem {
  field: keyof RunConfig;
  message: string;
}
