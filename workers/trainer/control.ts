import type { WalkRequest } from '../../src/core/reconstructions';

/** What the user wants of the run under way. Messages change it, the training loop obeys between steps. */
export class Control {
  private wanted: 'go' | 'pause' | 'stop' = 'go';
  private readonly stopped = new AbortController();
  private wake: (() => void) | null = null;
  private evaluation: { controller: AbortController; last: boolean } | null = null;
  private awaiting: (() => void)[] = [];
  save = false;
  /** The views of the next step were asked for. */
  showViews = false;
  /** An open-ended run was asked to end. */
  coolDown = false;
  /** Run under way; null before and after. */
  run: string | null = null;
  /** Where to walk from and along, at every reconstruction from now on. */
  walk: WalkRequest = { row: null, dimension: null };
  /** Pinned probe rows that are not shown yet. */
  pins: number[] | null = null;

  pause(): void {
    if (this.wanted === 'go') this.want('pause');
  }

  /** Goes on with this run if it is what is paused; false where it has to be taken up from what is stored. */
  goOn(run: string): boolean {
    if (!this.pausing || this.run !== run) return false;
    this.want('go');
    return true;
  }

  /** Ends the run at its next step; an evaluation under way is given up, as the run is evaluated at its end. */
  stop(): void {
    if (this.stopping) return;
    this.want('stop');
    this.stopped.abort();
  }

  /** Gives up the evaluation under way. */
  skipEvaluation(): void {
    this.evaluation?.controller.abort();
  }

  get stopping(): boolean {
    return this.wanted === 'stop';
  }

  get pausing(): boolean {
    return this.wanted === 'pause';
  }

  /** Aborts when the run is stopped: what comes before its first step ends then. */
  get stopSignal(): AbortSignal {
    return this.stopped.signal;
  }

  /** The signal of an evaluation that begins: whatever is wanted next of the run goes before it, unless it is the last one. */
  beginEvaluation(last: boolean): AbortSignal {
    const controller = new AbortController();
    this.evaluation = { controller, last };
    return controller.signal;
  }

  /** Asks for reconstructions of the run under way. Resolves when they have been told, or the run has ended. */
  reconstruct(walk: WalkRequest): Promise<void> {
    this.walk = walk;
    this.nudge();
    return new Promise((resolve) => this.awaiting.push(resolve));
  }

  get reconstructing(): boolean {
    return this.awaiting.length > 0;
  }

  reconstructed(): void {
    for (const resolve of this.awaiting.splice(0)) resolve();
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

  private want(wanted: 'go' | 'pause' | 'stop'): void {
    this.wanted = wanted;
    if (!this.evaluation?.last) this.skipEvaluation();
    this.wake?.();
  }
}
