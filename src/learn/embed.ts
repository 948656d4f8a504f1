import type { Recipe } from '../core/config';
import type { Executable, Executor } from '../engine/executor';
import { input } from '../graph/ops/leaves';
import type { Program } from '../graph/program';
import { augmentBatch, centreCrops } from './augment/views';
import type { Architecture } from './backbones/architecture';
import { embeddingDim } from './backbones/architecture';
import { resnet } from './backbones/resnet';
import { compileFitting } from './fitting';
import type { PixelSource } from './source';
import { Weights } from './weights';

/** Pictures an embedding run takes at a time where there is room; the last run is filled up with blank ones and cut. */
const BATCH = 64;

/** Rows done so far. */
export type OnProgress = (done: number) => void;

/** Pictures -> pooled backbone embeddings by the running statistics. Reads variables and changes none. */
export function embedProgram(encoder: Architecture, owner: string, side: number, batch: number): Program {
  const pictures = input('pictures', [batch, side, side, 3]);
  const embeddings = resnet(new Weights(owner), pictures, encoder, 'frozen'); // [batch, D]
  return { name: 'embed', outputs: { embeddings }, updates: {} };
}

/** What searches and evaluations see of an encoder. */
export interface Embeds {
  /** Columns of an embedding. */
  readonly dim: number;
  /** Centre crops of `rows` -> [rows.length, D]. */
  embed(rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array>;
  /** One of the two frozen views of each row (the same at every step of a run) -> [rows.length, D]. */
  embedViews(rows: ArrayLike<number>, view: 0 | 1, onProgress?: OnProgress): Promise<Float32Array>;
}

export class Embedder implements Embeds {
  private constructor(
    private readonly executable: Executable,
    private readonly source: PixelSource,
    private readonly side: number,
    private readonly batch: number,
    private readonly seed: number,
    private readonly recipe: Recipe,
    readonly dim: number,
  ) {}

  /** `owner`: whose weights in the executor, 'query' or 'untrained'. */
  static async open(
    executor: Executor,
    encoder: Architecture,
    owner: string,
    source: PixelSource,
    { side, seed, recipe }: { side: number; seed: number; recipe: Recipe },
  ): Promise<Embedder> {
    const programOf = (pictures: number) => embedProgram(encoder, owner, side, pictures);
    const { executable, batch } = await compileFitting(executor, programOf, Math.min(BATCH, source.count));
    return new Embedder(executable, source, side, batch, seed, recipe, embeddingDim(encoder));
  }

  embed(rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array> {
    const crops = (pixels: Uint8Array, part: number[]) => centreCrops(pixels, this.source.side, part.length, this.side);
    return this.batches(rows, crops, onProgress);
  }

  embedViews(rows: ArrayLike<number>, view: 0 | 1, onProgress?: OnProgress): Promise<Float32Array> {
    const key = { seed: this.seed, purpose: 'frozen view', step: 0, view } as const;
    const views = (pixels: Uint8Array, part: number[]) =>
      augmentBatch(pixels, this.source.side, part, key, this.side, this.recipe);
    return this.batches(rows, views, onProgress);
  }

  dispose(): void {
    this.executable.dispose();
  }

  private async batches(
    rows: ArrayLike<number>,
    pictures: (pixels: Uint8Array, part: number[]) => Float32Array,
    onProgress?: OnProgress,
  ): Promise<Float32Array> {
    const result = new Float32Array(rows.length * this.dim);
    for (let begin = 0; begin < rows.length; begin += this.batch) {
      const part = Array.from({ length: Math.min(this.batch, rows.length - begin) }, (_, i) => rows[begin + i]);
      const filled = new Float32Array(this.batch * this.side * this.side * 3);
      filled.set(pictures(await this.source.read(part), part));
      const { embeddings } = await this.executable.run({ pictures: filled });
      result.set(embeddings.subarray(0, part.length * this.dim), begin * this.dim);
      onProgress?.(begin + part.length);
    }
    return result;
  }
}
