import type { BackgroundKind } from '../../src/protocol/training';
import { Task } from './task';

/** A piece of work that nobody waits for. Begun anew, it goes on from what it has stored. */
interface Background {
  dataset: string;
  /** Two of one kind for one data set are one. */
  kind: BackgroundKind;
  work(task: Task): Promise<void>;
}

/**
 * What the trainer does when nothing is asked of it. It gives way to whatever is asked: the work under way ends at its
 * next pause and is begun again afterwards. Work for the data set that was added last goes first.
 */
export class BackgroundQueue {
  private readonly waiting: Background[] = [];
  private running: { of: Background; controller: AbortController } | null = null;
  private newest = '';

  /**
   * @param say is told how far the work is; no words: it is over, or has given way
   * @param fail is told why work failed, which is not tried again
   * @param pause of the work: lets messages in, and may do first what is more urgent
   */
  constructor(
    private readonly say: (of: Pick<Background, 'dataset' | 'kind'>, message: string, share?: number) => void,
    private readonly fail: (cause: unknown) => void,
    private readonly pause?: () => Promise<void>,
  ) {}

  add(dataset: string, kind: BackgroundKind, work: Background['work']): void {
    this.newest = dataset;
    if (this.running && this.running.of.dataset !== dataset) this.giveWay();
    const at = this.waiting.findIndex((one) => one.dataset === dataset && one.kind === kind);
    if (at < 0) this.waiting.push({ dataset, kind, work });
    else if (this.waiting[at] !== this.running?.of) this.waiting[at] = { dataset, kind, work };
  }

  /** Ends the work under way at its next pause; it stays to be done. */
  giveWay(): void {
    this.running?.controller.abort();
  }

  /** Takes back the work of a kind, or all of a data set. */
  cancel(dataset: string, kind?: BackgroundKind): void {
    const cancelled = (one: Background) => one.dataset === dataset && (kind === undefined || one.kind === kind);
    if (this.running && cancelled(this.running.of)) this.giveWay();
    for (const one of this.waiting.filter(cancelled)) this.remove(one);
  }

  /** Works until nothing waits, or until something is asked for (`free` is false). */
  async run(free: () => boolean): Promise<void> {
    while (free() && this.waiting.length > 0) {
      const of = this.waiting.find(({ dataset }) => dataset === this.newest) ?? this.waiting[0];
      const controller = new AbortController();
      const { signal } = controller;
      this.running = { of, controller };
      try {
        await of.work(new Task((message, share) => this.say(of, message, share), signal, this.pause));
        this.remove(of);
      } catch (cause) {
        if (signal.aborted) continue;
        this.remove(of);
        this.fail(cause);
      } finally {
        this.running = null;
        this.say(of, '');
      }
    }
  }

  private remove(one: Background): void {
    const at = this.waiting.indexOf(one);
    if (at >= 0) this.waiting.splice(at, 1);
  }
}
