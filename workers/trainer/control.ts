import type { WalkWish } from '../../src/protocol/reconstructing';

/** What the person wants of the run under way. Messages change it, the training loop obeys between steps. */
export class Control {
  private wanted: 'go' | 'pause' | 'stop' = 'go';
  private wake: (() => void) | null = null;
  /** A checkpoint was asked for. */
  save = false;
  /** The views of the next step were asked for. */
  showViews = false;
  /** An open-ended run was asked to end. */
  coolDown = false;
  /** Run under way; null before and after. */
  run: string | null = null;
  /** Reconstructions were asked for. */
  reconstruct = false;
  /** Where to walk from and along, at every look from now on. */
  wish: WalkWish = { row: null, dimension: null };
  /** Pinned probe rows that are not shown yet. */
  pins: number[] | null = null;

  pause(): void {
    if (this.wanted === 'go') this.wanted = 'pause';
  }

  /** Goes on with this run if it is what is paused; false where it has to be taken up from what is stored. */
  goOn(run: string): boolean {
    if (!this.pausing || this.run !== run) return false;
    this.wanted = 'go';
    this.wake?.();
    return true;
  }

  stop(): void {
    this.wanted = 'stop';
    this.wake?.();
  }

  get stopping(): boolean {
    return this.wanted === 'stop';
  }

  get pausing(): boolean {
    return this.wanted === 'pause';
  }

  /** Wakes a paused loop to look at what was asked (a save, new pins). */
  nudge(): void {
    this.wake?.();
  }

  /** Resolves at the next message that matters to a paused loop. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    this.wake = null;
  }
}

/** Lets messages in: resolves after every task that is waiting now has run. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
