import { isResnet, type RunConfig } from './config';

/** Networks that were trained elsewhere, on pictures that are not the person's, and come with the page. */
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
    trainedOn: 'trained on ImageNet, then tuned for content moderation',
  },
  {
    name: 'inception-v3',
    title: 'InceptionV3',
    layer: 'mixed5',
    dim: 768,
    bytes: 5_204_000,
    trainedOn: 'up to its layer mixed5, trained on ImageNet with labels',
  },
];

/** The network that data sets are embedded with as soon as they are there: the better of the two on every set measured. */
export const FIRST_ENCODER: PretrainedName = 'inception-v3';

/**
 * Pixels of a side at which whole pictures are given to these networks, a compromise of quality and time: on 220
 * photographs at 96, 160 and 224 px, recall@1 is .42, .46, .57 for MobileNetV2 and .59, .62, .65 for InceptionV3, whose
 * time quadruples between the first two.
 */
const WHOLE_SIDE = 160;
/**
 * The same for small pictures, which are enlarged. Refined, by that side: of 5,000 digits of 20 px mAP@R is .412 at 64 px and
 * .465 at 96; of 130 pairs of emoji of 64 px .958, .966 and .946 of the partners are found at 80, 100 and 160 px. Drawn
 * shirts of 96 px are worth the whole side: R@1 by texture .78 at 120 px, .89 at 160.
 */
const SMALL_WHOLE_SIDE = 100;

export const wholeSide = (storedSide: number): number => (storedSide <= 80 ? SMALL_WHOLE_SIDE : WHOLE_SIDE);

/** What an encoder sees of a picture: the crop of a square of `margin` times that side; or, by these networks, all of it. */
export const seenBy = ({ backbone, side }: Pick<RunConfig, 'backbone' | 'side'>): { side: number; margin: number } =>
  isResnet(backbone) ? { side, margin: 1.25 } : { side: Math.round(1.25 * side), margin: 1 };

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
