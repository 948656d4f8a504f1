import type { BlindTest } from './blind_test';
import type { Column, Diagnostic } from './columns';
import type { EncoderConfig, RecipeName, RunConfig, StartFile } from './config';
import type { MeasureName } from './measures';
import type { PeakMemory } from './memory';
import type { PretrainedRun } from './pretrained';
import type { Representation } from './representation';
import type { Difference } from './scores';
import type { SearchView } from './search_view';

// Rows as they are stored and as they cross threads. Ids: a data set and a run are strings, a picture is the pair
// (dataset, row): rows count from 0 without gaps, in the order of import, and never change.

export interface Dataset {
  id: string;
  name: string;
  createdAt: number;
  /** Pictures taken in: rows 0 .. count - 1. */
  count: number;
  /** Files folded because the same bytes were there already. */
  duplicates: number;
  refused: number;
  /** Bytes used in the database. */
  bytes: number;
  storedSide: number;
  /** Median of the short sides of the first pictures, in pixels. */
  medianSide: number;
  /** Label -> number of pictures with it, own properties alone: labels may be called like what objects inherit. Empty: no labels. */
  labels: Record<string, number>;
  /** Pictures among them without colour, and with an object on a plain ground; absent: imported before this was looked at. */
  looks?: { grey: number; plain: number };
  /** Rows the user pinned as probe pictures. */
  pins: number[];
  /** Rows that are hidden from the pictures, from search, training and tests until they are restored; rising. Absent: none. */
  setAside?: readonly number[];
  /** Those of them whose pictures were removed for good: their rows stay, empty. Absent: none. */
  removed?: readonly number[];
  /** How it is searched; absent: the usual way. */
  searchView?: SearchView;
  /** Id of the encoder chosen to search with; absent: chosen by what is embedded (`app/encoders/searchOrder.ts`). */
  searchWith?: string;
  /** Id of the run that ended last, until the user has chosen between it and the encoder in use. */
  undecided?: string;
  /** Blind tests of two encoders, one of each two, the newest last. */
  blindTests?: readonly BlindTest[];
  /** False while an import is under way, and after one that was cut off. */
  complete: boolean;
}

/** What the user changes of a data set; it is stored with it. */
export type DatasetChange = Partial<
  Pick<Dataset, 'name' | 'pins' | 'searchView' | 'searchWith' | 'undecided' | 'blindTests'>
>;

export interface Image {
  dataset: string;
  row: number;
  path: string;
  /** Name of the sub-folder the file came from, or null at the top level. */
  label: string | null;
  /** SHA-256 of the file's bytes, lower-case hex. */
  sha256: string;
  /** As shown: after EXIF orientation. */
  width: number;
  height: number;
  fileBytes: number;
  /** When the file was last changed, in milliseconds since 1970; absent: imported before this was kept. */
  changedAt?: number;
  /** Encoded picture of at most 320 px, and its MIME type. */
  thumbnail: ArrayBuffer;
  thumbnailType: string;
  /** The stored thumbnail did not fit its checksum and is left out: `thumbnail` has no bytes. */
  thumbnailDamaged?: boolean;
  /** Paths of files with the same bytes. */
  copies: string[];
}

export interface Refusal {
  dataset: string;
  path: string;
  fileBytes: number;
  /** One sentence: what is wrong with the file. */
  reason: string;
}

export type RunStatus = 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

export interface Run {
  id: string;
  /** As the user calls it; absent: named by its method. */
  name?: string;
  dataset: string;
  config: RunConfig;
  status: RunStatus;
  createdAt: number;
  /** Steps done at the newest checkpoint. */
  step: number;
  /** Seconds spent in training so far. */
  seconds: number;
  backend: string;
  executor: string;
  /** Of the executor, while it trained and evaluated this run; not known of runs stored before it was recorded. */
  memory?: PeakMemory;
  /** Why a failed run failed. */
  reason?: string;
  /** What its stored embedding is, where that is not the pooled backbone. */
  representation?: Representation;
}

/** One step, as the panels and loss.csv show it, with the diagnostics of its method. */
export interface StepReport extends Readonly<Partial<Record<Diagnostic, number>>> {
  /** Steps done, counting from 1. */
  step: number;
  loss: number;
  learningRate: number;
  imagesPerSecond: number;
}

/** Where a number would lie in 95 of 100 repetitions with other pictures of the same kind. */
export interface Interval {
  low: number;
  high: number;
}

/** Reports column by column, one entry a step; a column that the method does not report is not there. */
export type StepColumns = Record<Exclude<Column, Diagnostic>, Float32Array> & Partial<Record<Diagnostic, Float32Array>>;

/** A number that evaluates an embedding, never without how it was taken. */
export interface Measure {
  name: MeasureName;
  value: number;
  /** By bootstrap over the queries, where there are queries. */
  interval?: Interval;
  /** The label column it was taken with, where there may be several. */
  column?: string;
  /** Of what is asked of frozen views: the recipe they were drawn by. Absent also of what older versions stored. */
  recipe?: RecipeName;
  /** Queries that a share (R@1, kNN) is a share of: its standard error follows from them. */
  queries?: number;
  /** Protocol in words: pictures, k, temperature, what was left out. */
  protocol: string;
}

/** Measures of one embedding of the data set: the run's at some step, or a baseline's. */
export interface Evaluation {
  /** 'run', or which baseline. */
  of: 'run' | 'raw pixels' | 'colour histogram' | 'untrained encoder' | PretrainedRun;
  step: number;
  measures: Measure[];
  /** Of a run: that of its mAP@R from the encoder in use, `from`, over the same queries. */
  difference?: Difference & { from: string };
}

/** The nearest pictures of each probe picture at one step. */
export interface ProbeRows {
  step: number;
  probes: { row: number; neighbours: { row: number; similarity: number }[] }[];
}

/** What is shown of a run's past besides its checkpoint: everything a reload needs to draw the panels again. */
export interface History {
  run: string;
  steps: StepColumns;
  /** Of a VAE: nats that each dimension of the code carried at the last look. */
  divergence?: number[];
  evaluations: Evaluation[];
  probes: ProbeRows[];
}

/** Named arrays, as checkpoints and weight files hold them. */
export interface NamedArray {
  shape: readonly number[];
  data: Float32Array | Int32Array;
}

/** All a resume needs. `variables` hold both encoders, norm statistics, optimizer, queue and its ids by name. */
export interface Checkpoint {
  run: string;
  step: number;
  /** Next row of the queue to be overwritten. */
  pointer: number;
  seconds: number;
  savedAt: number;
  /** First step of the cool-down and its length, once an open-ended run was asked to end. */
  coolDown: { from: number; steps: number } | null;
  variables: Record<string, NamedArray>;
  history: History;
}

/** Embeddings [count, dim] of rows 0 .. count - 1, of one run at one step; run 'untrained' is the baseline. */
export interface EmbeddingTable {
  dataset: string;
  run: string;
  step: number;
  count: number;
  dim: number;
  values: Float32Array;
  /** Which encoder made it, in words for the page. */
  about: string;
}

/** A file of backbone weights that the user gave: what it is, without its bytes. */
export interface WeightsFile extends StartFile {
  addedAt: number;
  /** Bytes of the file. */
  size: number;
  encoder: Pick<EncoderConfig, 'backbone' | 'width' | 'stem'>;
}

/** What runs the training and why. */
export interface DeviceReport {
  backend: string;
  executor: string;
  /** 'SwiftShader', 'Apple M3', '2 threads, SIMD'. */
  name: string;
  software: boolean;
  /** One sentence for the user: which device and why this one. */
  why: string;
  /** Backends that were tried and passed over, with the reason. */
  passedOver: { backend: string; reason: string }[];
  /** Images per second of a short trial of the smallest encoder, or 0 when not measured. */
  imagesPerSecond: number;
  /** Operations a second of a graphics card in multiply-adds alone, as measured. */
  peakFlops?: number;
  /** Whether runs of half precision can be trained. */
  keepsHalf: boolean;
  /** Of a graphics card, those that decide what a kernel may be, by WebGPU's names. */
  limits?: Readonly<Record<string, number>>;
}
