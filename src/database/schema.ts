import type { DBSchema, IDBPDatabase } from 'idb';
import type { Column } from '../core/columns';
import type { LabelColumn } from '../core/labels/column';
import type { Dataset, EmbeddingTable, Evaluation, History, Image, Refusal, Run, WeightsFile } from '../core/records';
import type { SourceFolder } from '../core/source_folder';
import type { TestResult } from '../core/test_result';

// What lies in the database. Binary data are ArrayBuffers with a checksum each (core/checksum.ts), never Blobs: Blobs
// cost 2.5 times the writing time, and WebKit loses them. Each store has one writing thread: the importer writes
// datasets to refusals, the evaluator labels and judgements, the trainer the rest. What is deleted goes from all stores at
// once (storage.ts).

/** A picture's row without its thumbnail, so that all rows can be read cheaply. */
export type ImageRow = Omit<Image, 'thumbnail' | 'thumbnailType' | 'thumbnailDamaged'>;

/** Rows first .. first + rows.length - 1. Key [dataset, first]. */
export interface RowShard {
  dataset: string;
  first: number;
  rows: ImageRow[];
}

/**
 * Thumbnails of rows first .. first + types.length - 1, one after the other: read by the page as they are, and stored
 * at a fraction of what records of their own cost. Key [dataset, first].
 */
export interface ThumbnailShard {
  dataset: string;
  first: number;
  /** A thumbnail each: its MIME type, where it ends in `bytes`, its checksum. */
  types: string[];
  ends: Uint32Array;
  checks: Uint32Array;
  bytes: ArrayBuffer;
}

/** Pixels [count, side, side, 3] of rows first .. first + count - 1. Key [dataset, first]. */
export interface PixelShard {
  dataset: string;
  first: number;
  count: number;
  side: number;
  /** One checksum a picture, so that one flipped byte costs one picture. */
  checks: Uint32Array;
  /** The pixels, or the name of the file that holds them. */
  pixels: ArrayBuffer | string;
}

/** The size of a shard, kept apart so that listing shards reads no pixels. Key [dataset, first]. */
export interface ShardSize {
  dataset: string;
  first: number;
  count: number;
  side: number;
}

export type Slot = 0 | 1;

/** What a checkpoint holds besides its arrays. Key [run, slot]. */
export interface CheckpointHead {
  run: string;
  slot: Slot;
  step: number;
  pointer: number;
  seconds: number;
  savedAt: number;
  coolDown: { from: number; steps: number } | null;
  /** Names of its arrays: a missing one is noticed. */
  names: string[];
}

/** Key [run, slot, name]. */
export interface CheckpointArray {
  run: string;
  slot: Slot;
  name: string;
  shape: number[];
  kind: 'float32' | 'int32';
  bytes: ArrayBuffer;
  check: number;
}

/** The history saved with a checkpoint; its columns one after the other in `bytes`. Key [run, slot]. */
export interface StoredHistory extends Omit<History, 'steps'> {
  slot: Slot;
  /** Absent in what was stored before there were several methods. */
  columns?: readonly Column[];
  bytes: ArrayBuffer;
  check: number;
}

/** What is known of embeddings [count, dim] without reading them. Key [dataset, run]. */
export interface StoredEmbeddings extends Omit<EmbeddingTable, 'values'> {
  /** Checksums of the parts. */
  checks: Uint32Array;
  /** The name under which the parts lie; without it the run's. */
  parts?: string;
}

/** Rows first, first + 1, ... of embeddings, row-major. Key [dataset, run, first]. */
export interface EmbeddingPart {
  dataset: string;
  /** The run, or another name that what is known of them says. */
  run: string;
  first: number;
  bytes: ArrayBuffer;
}

/** A handle of a folder that pictures of a data set came from. Key [dataset, place]. */
export interface StoredFolder extends SourceFolder {
  dataset: string;
  place: number;
}

/** What is computed from an encoder's embeddings. Key [dataset, run, view]. */
export interface StoredMap {
  dataset: string;
  run: string;
  /** A map, coordinates [count, 2], by refined or plain embeddings; or all rows refined, packed. */
  view: 'refined' | 'plain' | 'refined rows';
  /** Of the embeddings that it was made of. */
  version: string;
  bytes: ArrayBuffer;
  check: number;
}

/** What a downstream test found, packed in `bytes`. Key [dataset, column, of]. */
export interface StoredTestResult extends Pick<TestResult, 'dataset' | 'column' | 'of' | 'version' | 'groups'> {
  bytes: ArrayBuffer;
  check: number;
}

/** A file of weights as it was given, once a content. Key sha256. */
export interface StoredWeights extends WeightsFile {
  bytes: ArrayBuffer;
  check: number;
}

export interface Schema extends DBSchema {
  datasets: { key: string; value: Dataset };
  rows: { key: [string, number]; value: RowShard };
  thumbnails: { key: [string, number]; value: ThumbnailShard };
  pixels: { key: [string, number]; value: PixelShard };
  shards: { key: [string, number]; value: ShardSize };
  /** A file refused twice, by an import that was taken up again, is stored once. */
  refusals: { key: [string, string, number]; value: Refusal };
  runs: { key: string; value: Run; indexes: { dataset: string } };
  checkpoints: { key: [string, Slot]; value: CheckpointHead };
  /** run, shape: how large checkpoints are, told without reading them. */
  arrays: { key: [string, Slot, string]; value: CheckpointArray; indexes: { size: [string, number[]] } };
  histories: { key: [string, Slot]; value: StoredHistory };
  /** The slot of a run's newest checkpoint. */
  newest: { key: string; value: { run: string; slot: Slot } };
  embeddings: { key: [string, string]; value: StoredEmbeddings };
  embeddingParts: { key: [string, string, number]; value: EmbeddingPart };
  folders: { key: [string, number]; value: StoredFolder };
  maps: { key: [string, string, string]; value: StoredMap };
  weights: { key: string; value: StoredWeights };
  choices: { key: string; value: { adapter: string; chosen: Record<string, string> } };
  baselines: { key: [string, string]; value: { dataset: string; key: string; evaluations: Evaluation[] } };
  /** `name` is the column's, as a key. */
  labels: { key: [string, string]; value: { dataset: string; name: string; column: LabelColumn } };
  judgements: { key: [string, string, string]; value: StoredTestResult };
}

export type Database = IDBPDatabase<Schema>;
