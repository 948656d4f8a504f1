import type { OnCompiling } from '../../executor';

/** Counts what is being compiled while one listener listens. */
export class Counting {
  private asked = 0;
  private ready = 0;

  constructor(readonly listener: OnCompiling | null = null) {}

  /** The same pipeline, once the listener has been told that it is ready; rejects with what the listener throws. */
  async counted<T>(pipeline: Promise<T>): Promise<T> {
    this.asked++;
    const made = await pipeline;
    this.ready++;
    this.listener?.(this.ready, this.asked);
    return made;
  }
}
