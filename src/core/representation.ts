import type { BackboneName, EncoderConfig } from './config';

// Which numbers of an encoder are its embedding: a layer, how its map is pooled, and what it is reduced to.

/** A stage of the backbone by its place in `STAGES`, the head's hidden layer, or what the head puts out. */
export type LayerName = `stage ${number}` | 'hidden' | 'projection';

/**
 * How a stage's map becomes one number a channel. GeM, the generalised mean with p = 3, lies between mean and maximum
 * (Radenovic et al. 2019, Fine-tuning CNN Image Retrieval with No Human Annotation).
 */
export type Pooling = 'mean' | 'max' | 'gem';

/** A layer and its pooling, which the head's layers have no use for. */
export interface Tap {
  layer: LayerName;
  pooling: Pooling;
}

/** What is done with a layer's numbers to have fewer. */
export type Reduction =
  | { kind: 'none' }
  /** Principal components; `dims` null takes as many as explain 95 % of the variance. */
  | { kind: 'pca'; dims: number | null; whiten: boolean }
  /** So many parts that are only ever added. */
  | { kind: 'nmf'; parts: number };

export interface Representation extends Tap {
  reduction: Reduction;
}

/** Share of the variance for which components are taken, unless their number is given. */
export const EXPLAINED = 0.95;

const FOUR_LAYERS = ['stem', 'layer1', 'layer2', 'layer3', 'layer4'];

/** Stages of each backbone from the picture upwards: what can be frozen from below, and tapped but for the first. */
export const STAGES: Record<BackboneName, readonly string[]> = {
  resnet8: FOUR_LAYERS.slice(0, 4),
  resnet18: FOUR_LAYERS,
  resnet34: FOUR_LAYERS,
  resnet50: FOUR_LAYERS,
  'mobilenet-v2': ['stem', 'block_2', 'block_5', 'block_9', 'block_12', 'block_15', 'out_relu'],
  'inception-v3': ['stem', 'mixed0', 'mixed1', 'mixed2', 'mixed3', 'mixed4', 'mixed5'],
};

/** The last stage, mean pooled: what every run's embedding is unless the user chooses. */
export const pooledBackbone = (backbone: BackboneName): Representation => ({
  layer: `stage ${STAGES[backbone].length - 1}`,
  pooling: 'mean',
  reduction: { kind: 'none' },
});

export const stageOf = (layer: LayerName): number | null =>
  layer.startsWith('stage ') ? Number(layer.slice('stage '.length)) : null;

/** Layers that an encoder offers, in the order of a forward pass. */
export const layersOf = ({ backbone, head }: Pick<EncoderConfig, 'backbone' | 'head'>): LayerName[] => [
  ...STAGES[backbone].slice(1).map((_, i): LayerName => `stage ${i + 1}`),
  ...(head === 'linear' ? [] : (['hidden'] as const)),
  'projection',
];

const POOLING_WORDS: Record<Pooling, string> = { mean: 'mean pooled', max: 'max pooled', gem: 'GeM pooled' };

/** A layer in words: the network's own name of it. */
export function layerWords({ layer, pooling }: Tap, backbone: BackboneName): string {
  if (layer === 'hidden') return "the head's hidden layer";
  const stage = stageOf(layer);
  return stage === null ? 'the projection' : `${STAGES[backbone][stage]}, ${POOLING_WORDS[pooling]}`;
}

/** A representation of `dim` columns in words. */
export function representationWords(
  { reduction, ...tap }: Representation,
  backbone: BackboneName,
  dim: number,
): string {
  const reduced = {
    none: '',
    pca: `, ${dim} principal components${reduction.kind === 'pca' && reduction.whiten ? ', whitened' : ''}`,
    nmf: `, ${dim} non-negative parts`,
  }[reduction.kind];
  return `${layerWords(tap, backbone)}${reduced}`;
}

/** Whether the embedding is a sum over the positions of a map, so that it can be shown where a number comes from. */
export const hasPlaces = ({ layer, pooling, reduction }: Representation): boolean =>
  stageOf(layer) !== null && pooling === 'mean' && reduction.kind !== 'nmf';
