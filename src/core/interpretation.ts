import type { Measure } from './records';
import type { Representation } from './representation';

// What is read out of an embedding, as it crosses threads. Pictures are [n, side, side, 4] RGBA bytes, the centre crops
// that the encoder sees; maps are [n, height, width], a number a position, which may be negative.

/** Pictures with a number for each of their positions. */
export interface HeatMaps {
  rows: number[];
  side: number;
  pictures: Uint8ClampedArray;
  height: number;
  width: number;
  maps: Float32Array;
}

/** Why two pictures are similar: each map sums to the similarity. */
export interface WhyAnswer extends HeatMaps {
  /** The pictures are the centre of squares this much wider. */
  margin: number;
  /** The similarity is that of the embeddings less their mean: what sets the two apart from the other pictures. */
  centred: boolean;
  run: string | null;
  /** Whose embedding, at which step. */
  about: string;
  similarity: number;
  /** What the maps do not say, or null. */
  remark: string | null;
}

/** A number of dimensions, and what they are worth. */
export interface QualityPoint {
  dims: number;
  measures: Pick<Measure, 'name' | 'value'>[];
}

/** What came of choosing a representation. */
export interface RepresentationReport {
  run: string;
  representation: Representation;
  words: string;
  dim: number;
  /** Columns of the layer before any reduction. */
  layerDim: number;
  /** Share of the variance that each principal component of the layer explains. */
  explained: number[];
  /** Components that explain 95 % of it. */
  enough: number;
  /** By the number of principal components. */
  curve: QualityPoint[];
  /** Of the pooled backbone, which is the choice where none is made. */
  standard: Measure[];
  chosen: Measure[];
}

/** How far the whole embedding follows a property of the pictures. */
export interface BiasSummary {
  name: string;
  /** Cross-validated R2, NaN where all pictures have the same. */
  explained: number;
  dimension: number;
  correlation: number;
  text: string;
}

/** One dimension: its extreme pictures, what it goes with. */
export interface DimensionSummary {
  dimension: number;
  /** Standard deviation over the pictures. */
  deviation: number;
  highest: number[];
  lowest: number[];
  /** 'folder explains 40 % of it'. */
  relations: string[];
  /** The property it follows most closely, by rank correlation. */
  follows: { name: string; correlation: number };
}

export interface DimensionsReport {
  run: string | null;
  about: string;
  biases: BiasSummary[];
  protocol: string;
  dimensions: DimensionSummary[];
  /** Whether it can be shown where in a picture a dimension fires. */
  places: boolean;
}

/** Where in some pictures a dimension fires: each map sums to the picture's coordinate. */
export interface Firing extends HeatMaps {
  run: string | null;
  dimension: number;
}
