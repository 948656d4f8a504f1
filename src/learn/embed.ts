import type { RecipeName } from '../core/config';
import { EVALUATION_SEED, evaluationRecipe } from '../core/presets';
import type { Tap } from '../core/representation';
import type { Executable, Executor } from '../engine/executor';
import { compileFitting } from '../engine/fitting';
import { input } from '../graph/ops/leaves';
import type { Program } from '../graph/program';
import { augmentBatch, centreCrops } from './augment/views';
import type { Architecture } from './backbones/architecture';
import type { PixelSource } from './source';
import { finishTap, tapDim, tapped } from './tap';
import { Weights } from './weights';

/**
 * Pictures an embedding run takes at a time where there is room: 64 up to 80 px, fewer of larger ones, whose maps take
 * more of it. The last run is filled up with blank ones and cut.
 */
const batchOf = (side: number): number => Math.max(1, Math.min(64, Math.floor(64 * (80 / side) ** 2)));

/** Called with the number of rows done after each batch. The next batch waits for it, and does not begin if it throws. */
export type OnProgress = (done: number) => void | Promise<void>;

/** The last stage, mean pooled. */
const pooledLast = ({ backbone }: Architecture): Tap => ({
  layer: `stage ${backbone.stages.length - 1}`,
  pooling: 'mean',
});

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
  /** What its frozen views are drawn by: numbers that were taken by them compare with those by the same alone. */
  readonly recipe: RecipeName;
  /** Centre crops of `rows` -> [rows.length, D]. */
  embed(rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array>;
  /** One of the two frozen views of each row (the same for every encoder) -> [rows.length, D]. */
  embedViews(rows: ArrayLike<number>, view: 0 | 1, onProgress?: OnProgress): Promise<Float32Array>;
}

/** Which crops and views are embedded. */
export interface ViewSettings {
  /** Pixels of a view's side. */
  side: number;
  recipe: RecipeName;
}

/** Embeds also what is not in the data set: rows of another source, such as altered pictures. */
export interface EmbedsFrom extends Embeds {
  embedFrom(source: PixelSource, rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array>;
}

export class Embedder implements EmbedsFrom {
  /** @param executable 'pictures' [batch, side, side, 3], normalised -> 'embeddings' [batch, dim] */
  constructor(
    private readonly executable: Executable,
    readonly dim: number,
    private readonly batch: number,
    private readonly source: PixelSource,
    private readonly views: ViewSettings,
    /** What is left to do of a pooling on the host. */
    private readonly finish: (embeddings: Float32Array) => Float32Array = (embeddings) => embeddings,
  ) {}

  /** `owner`: whose weights in the executor, 'query' or 'untrained'. `tap`: another layer than the pooled backbone. */
  static async open(
    executor: Executor,
    encoder: Architecture,
    owner: string,
    source: PixelSource,
    { tap = pooledLast(encoder), ...views }: ViewSettings & { tap?: Tap },
  ): Promise<Embedder> {
    const programOf = (pictures: number) => embedProgram(encoder, owner, views.side, pictures, tap);
    const { executable, batch } = await compileFitting(
      executor,
      programOf,
      Math.min(batchOf(views.side), source.count),
    );
    return new Embedder(executable, tapDim(encoder, tap), batch, source, views, (table) => finishTap(tap, table));
  }

  get recipe(): RecipeName {
    return this.views.recipe;
  }

  embed(rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array> {
    return this.embedFrom(this.source, rows, onProgress);
  }

  embedFrom(source: PixelSource, rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array> {
    const crops = (pixels: Uint8Array, part: number[]) =>
      centreCrops(pixels, source.side, part.length, this.views.side);
    return this.batches(source, rows, crops, onProgress);
  }

  embedViews(rows: ArrayLike<number>, view: 0 | 1, onProgress?: OnProgress): Promise<Float32Array> {
    const { side } = this.views;
    const recipe = evaluationRecipe(this.views.recipe);
    const key = { seed: EVALUATION_SEED, purpose: 'frozen view', step: 0, view } as const;
    const views = (pixels: Uint8Array, part: number[]) =>
      augmentBatch(pixels, this.source.side, part, key, side, recipe);
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
      const filled = new Float32Array(this.batch * this.views.side ** 2 * 3);
      filled.set(pictures(await source.read(part), part));
      const { embeddings } = await this.executable.run({ pictures: filled });
      result.set(embeddings.subarray(0, part.length * this.dim), begin * this.dim);
      await onProgress?.(begin + part.length);
    }
    return this.finish(result);
  }
}
