import { type BackboneName, isResnet } from '../../src/core/config';
import { PRESET_WORDS } from '../../src/core/presets';
import { isPretrained, networkTitle, PRETRAINED, pretrainedRun } from '../../src/core/pretrained';
import type { Dataset, EmbeddingTable, Run } from '../../src/core/records';
import { pooledBackbone, representationWords } from '../../src/core/representation';
import { seenBy, wholeSide } from '../../src/core/seen';
import type { Rows } from '../../src/evaluate/rows';
import { MEAN, STD } from '../../src/learn/augment/views';

/** What a program needs to use the vectors of embeddings.npy, or to make more of them. */
export interface EmbeddingsAbout {
  file: 'embeddings.npy';
  /** [pictures, dimensions] */
  shape: readonly [number, number];
  dtype: 'float32';
  /** Rows have length 1: their dot product is the cosine similarity. */
  unitLength: true;
  /** Row i is the picture of row i there. */
  rows: 'images.csv';
  /** 'InceptionV3', 'MoCo v2', 'raw pixels' */
  encoder: string;
  /** Training steps behind it; null of what was not trained on these pictures. */
  step: number | null;
  layer: string;
  /** Square root, centring and partial whitening, as the page searches; false: as the encoder gives them. */
  refined: boolean;
  /** What was done to a picture before the encoder saw it; null where only the page's own words say it. */
  preprocessing: Preprocessing | null;
  /** How the page itself describes them. */
  about?: string;
}

interface Preprocessing {
  channels: 'RGB';
  /** Pixels of the shorter side that a picture is scaled to. */
  shorterSide: number;
  /** Pixels of the side of the square that is cut from its centre. */
  centreCrop: number;
  /** Of pixels before mean and deviation. */
  range: readonly [0, 1];
  mean: readonly number[];
  std: readonly number[];
}

const three = (value: number): number[] => [value, value, value];

/** ResNets were trained on normalised pixels, the networks from Keras on pixels of 0 .. 1. */
const preprocessing = (side: number, margin: number, normalised: boolean): Preprocessing => ({
  channels: 'RGB',
  shorterSide: Math.round(side * margin),
  centreCrop: side,
  range: [0, 1],
  mean: three(normalised ? MEAN : 0),
  std: three(normalised ? STD : 1),
});

const common = ({ count, dim }: Rows, refined: boolean) =>
  ({
    file: 'embeddings.npy',
    shape: [count, dim],
    dtype: 'float32',
    unitLength: true,
    rows: 'images.csv',
    refined,
  }) as const;

/** Of a run at the step its embeddings were made. */
export function aboutRun(run: Run, step: number, rows: Rows, refined: boolean): EmbeddingsAbout {
  const { backbone, preset } = run.config;
  const { side, margin } = seenBy(run.config);
  return {
    ...common(rows, refined),
    encoder: run.name ?? PRESET_WORDS[preset].title,
    step,
    layer: representationWords(run.representation ?? pooledBackbone(backbone), backbone, rows.dim),
    preprocessing: preprocessing(side, margin, isResnet(backbone)),
  };
}

const NETWORKS: Readonly<Record<string, BackboneName>> = Object.fromEntries(
  PRETRAINED.map(({ name }) => [pretrainedRun(name), name]),
);

/** Of an encoder that was not trained on these pictures; of pixels and colours, which have no table. */
export function aboutOther(
  name: string,
  table: Pick<EmbeddingTable, 'run' | 'about'> | null,
  rows: Rows,
  refined: boolean,
  { storedSide }: Pick<Dataset, 'storedSide'>,
): EmbeddingsAbout {
  const network = table ? NETWORKS[table.run] : undefined;
  return {
    ...common(rows, refined),
    encoder: table && isPretrained(table.run) ? networkTitle(table.run) : name,
    step: null,
    layer: network ? representationWords(pooledBackbone(network), network, rows.dim) : table ? 'last, mean pooled' : '',
    preprocessing: network ? preprocessing(wholeSide(storedSide), 1, false) : null,
    ...(table ? { about: table.about } : {}),
  };
}
