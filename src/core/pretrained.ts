/** Networks that were trained elsewhere, on pictures that are not the user's, and come with the page. */
export type PretrainedName = 'mobilenet-v2' | 'inception-v3';

export interface Pretrained {
  name: PretrainedName;
  title: string;
  /** The layer whose maps are pooled, by the name its makers gave it. */
  layer: string;
  /** Columns of an embedding: channels of that layer. */
  dim: number;
  /** Bytes that are fetched when it is first asked for. */
  bytes: number;
  /** What it learned from, in plain words: an honest name for what it knows. */
  trainedOn: string;
}

/**
 * Both were made for nsfwjs (MIT): ImageNet networks, one byte a weight. Of InceptionV3 the part up to `mixed5` was left
 * as ImageNet made it.
 */
export const PRETRAINED: readonly Pretrained[] = [
  {
    name: 'mobilenet-v2',
    title: 'MobileNetV2',
    layer: 'out_relu',
    dim: 1280,
    bytes: 2_306_000,
    trainedOn: 'a small network, trained on a million labelled photos (ImageNet), then for content moderation',
  },
  {
    name: 'inception-v3',
    title: 'InceptionV3',
    layer: 'mixed5',
    dim: 768,
    bytes: 5_204_000,
    trainedOn: 'trained on a million labelled photos (ImageNet)',
  },
];

/** The network that data sets are embedded with as soon as they are there: the better of the two on every set measured. */
export const FIRST_ENCODER: PretrainedName = 'inception-v3';

export function pretrainedNamed(name: PretrainedName): Pretrained {
  const found = PRETRAINED.find((one) => one.name === name);
  if (!found) throw new Error(`There is no pretrained network '${name}'`);
  return found;
}

/** What a network that was trained elsewhere is called wherever runs and baselines are: by its short name or its file's. */
export type PretrainedRun = `pretrained ${string}`;

export const pretrainedRun = (name: string): PretrainedRun => `pretrained ${name}`;

/** 'MobileNetV2', or the name of a file of weights. */
export function networkTitle(run: PretrainedRun): string {
  const name = run.slice(pretrainedRun('').length);
  return PRETRAINED.find((network) => network.name === name)?.title ?? name;
}

export const isPretrained = (of: string): of is PretrainedRun => of.startsWith(pretrainedRun(''));
