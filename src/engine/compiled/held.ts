import type { PeakMemory } from '../../core/memory';

/** The memory that an executor holds, all of it planned before it is made, and the most of it so far. */
export abstract class Held {
  private peak = 0;

  abstract bytesHeld(): number;

  peakMemory(): PeakMemory {
    return { bytes: this.peak, how: 'planned' };
  }

  forgetPeak(): void {
    this.peak = this.bytesHeld();
  }

  /** To be called whenever memory has been taken. */
  protected notePeak(): void {
    this.peak = Math.max(this.peak, this.bytesHeld());
  }
}
