import { inPieces, type WaitingWork, type Work } from '../../src/evaluate/work';
import type { EmbedsFrom } from '../../src/learn/embed';
import type { PixelSource } from '../../src/learn/source';
import { breathe } from './urgent';

/** Rows embedded between two pauses. */
const PART = 256;

/** Work that ends at its next pause once its signal aborts, and says how far it is. */
export class Task {
  /**
   * @param say is told what is being done, and what share of it is
   * @param giveWay lets messages in, and may do first what is more urgent
   */
  constructor(
    readonly say: (message: string, share?: number) => void = () => undefined,
    private readonly signal: AbortSignal = new AbortController().signal,
    private readonly giveWay: () => Promise<void> = breathe,
  ) {}

  /** @throws the signal's reason */
  check(): void {
    this.signal.throwIfAborted();
  }

  async pause(): Promise<void> {
    await this.giveWay();
    this.check();
  }

  /** Long work to its end, with pauses. */
  finish<T>(work: Work<T> | WaitingWork<T>, message: string): Promise<T> {
    return inPieces(work, (share) => {
      this.say(message, share);
      return this.pause();
    });
  }

  /** Embeddings [rows.length, dim] of rows of a source, with a pause after each batch: of a wide network that is seconds. */
  async embed(
    embedder: EmbedsFrom,
    source: PixelSource,
    rows: readonly number[],
    message: string,
  ): Promise<Float32Array> {
    this.say(message, 0);
    await this.pause();
    return embedder.embedFrom(source, rows, (done) => {
      this.say(message, done / rows.length);
      return this.pause();
    });
  }

  /** [rows.length, dim] from what `make` gives for some rows at a time. */
  async inParts(
    rows: readonly number[],
    dim: number,
    message: string,
    make: (part: number[], from: number) => Promise<Float32Array>,
  ): Promise<Float32Array> {
    const values = new Float32Array(rows.length * dim);
    for (let from = 0; from < rows.length; from += PART) {
      this.say(message, from / rows.length);
      await this.pause();
      values.set(await make(rows.slice(from, from + PART), from), from * dim);
    }
    return values;
  }
}
