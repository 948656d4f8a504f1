import type { BackgroundQueue } from './background';

/** Jobs one at a time, in the order they were asked for; while there are none, background work. */
export class JobQueue {
  private last: Promise<unknown> = Promise.resolve();
  /** Jobs asked for and not done yet. */
  private asked = 0;

  /** @param able whether background work can be done at all */
  constructor(
    private readonly background: BackgroundQueue,
    private readonly able: () => boolean,
  ) {}

  run<T>(job: () => Promise<T>): Promise<T> {
    this.asked++;
    this.background.giveWay();
    const done = this.last.then(job).finally(() => {
      this.asked--;
    });
    this.last = done.catch(() => undefined);
    this.rest();
    return done;
  }

  /** Does what waits in the background, once all jobs are done and until one is asked for. */
  rest(): void {
    this.last = this.last.then(() => this.background.run(() => this.asked === 0 && this.able()));
  }
}
