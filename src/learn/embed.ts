import type { Recipe } from '../core/config';
import type { Tap } from '../core/representation';
import type { Executable, Executor } from '../engine/executor';
import { input } from '../graph/ops/leaves';
import type { Program } from '../graph/program';
import { augmentBatch, centreCrops } from './augment/views';
import type { Architecture } from './backbones/architecture';
import type { PixelSource } from './source';
import { finishTap, tapDim, tapped } from './tap';
import { Weights } from './weights';

/** Pictures an embedding run takes at a time; the last run is filled up with blank ones and cut. */
const BATCH = 64;

/** Rows done so far. */
export type OnProgress = (done: number) => void;

/** The last stage, mean pooled. */
const pooledLast = ({ blocks }: Architecture): Tap => ({ layer: `stage ${blocks.length}`, pooling: 'mean' });

/** Pictures -> embeddings by the running statistics, of the pooled backbone or of another layer. Changes no variable. */
export function embedProgram(
  encoder: Architecture,
  owner: string,
  side: number,
  batch: number,
  tap: Tap = pooledLast(encoder),
): Program {
  const pictures = input('pictures', [batch, side, side, 3]);
  const embeddings = tapped(new Weights(owner), pictures, encoder, tap); // [batch, D]
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

/** Embeds also what is not in the data set: rows of another source, such as altered pictures. */
export interface EmbedsFrom extends Embeds {
  embedFrom(source: PixelSource, rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array>;
}

export class Embedder implements EmbedsFrom {
  private constructor(
    private readonly executable: Executable,
    private readonly source: PixelSource,
    private readonly side: number,
    private readonly batch: number,
    private readonly seed: number,
    private readonly recipe: Recipe,
    private readonly tap: Tap,
    readonly dim: number,
  ) {}

  /** `owner`: whose weights in the executor, 'query' or 'untrained'. `tap`: another layer than the pooled backbone. */
  static async open(
    executor: Executor,
    encoder: Architecture,
    owner: string,
    source: PixelSource,
    { side, seed, recipe, tap = pooledLast(encoder) }: { side: number; seed: number; recipe: Recipe; tap?: Tap },
  ): Promise<Embedder> {
    const batch = Math.min(BATCH, source.count);
    const executable = await executor.compile(embedProgram(encoder, owner, side, batch, tap));
    return new Embedder(executable, source, side, batch, seed, recipe, tap, tapDim(encoder, tap));
  }

  embed(rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array> {
    return this.embedFrom(this.source, rows, onProgress);
  }

  embedFrom(source: PixelSource, rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array> {
    const crops = (pixels: Uint8Array, part: number[]) => centreCrops(pixels, source.side, part.length, this.side);
    return this.batches(source, rows, crops, onProgress);
  }

  embedViews(rows: ArrayLike<number>, view: 0 | 1, onProgress?: OnProgress): Promise<Float32Array> {
    const key = { seed: this.seed, purpose: 'frozen view', step: 0, view } as const;
    const views = (pixels: Uint8Array, part: number[]) =>
      augmentBatch(pixels, this.source.side, part, key, this.side, this.recipe);
    return this.batches(this.source, rows, views, onProgress);
  }

  dispose(): void {
    this.executable.dispose();
  }

  private async batches(
    source: PixelSource,
    rows: ArrayLike<number>,
    pictures: (pixels: Uint8Array, part: number[]) => Float32Array,
    onProgress?: OnProgress,
  ): Promise<Float32Array> {
    const result = new Float32Array(rows.length * this.dim);
    for (let begin = 0; begin < rows.length; begin += this.batch) {
      const part = Array.from({ length: Math.min(this.batch, rows.length - begin) }, (_, i) => rows[begin + i]);
      const filled = new Float32Array(this.batch * this.side * this.side * 3);
      filled.set(pictures(await source.read(part), part));
      const { embeddings } = await this.executable.run({ pictures: filled });
      result.set(embeddings.subarray(0, part.length * this.dim), begin * this.dim);
      onProgress?.(begin + part.length);
    }
    return finishTap(this.tap, result);
  }
}
