/** Milliseconds between two questions whether a thread is there. */
const EVERY = 5000;

/**
 * So many of them without a word mean that it has ended or loops. Questions are counted rather than minutes: a device that
 * slept has asked none. Long enough for a step of a large network on a slow processor, in which a thread answers nothing.
 */
const MOST = 24;

/** Asks a thread now and then whether it is there, and says when it no longer is. */
export class Heartbeat {
  private unanswered = 0;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(ask: () => void, gone: () => void) {
    this.timer = setInterval(() => {
      if (++this.unanswered > MOST) {
        this.stop();
        gone();
      } else ask();
    }, EVERY);
  }

  /** The thread said something. */
  answered(): void {
    this.unanswered = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
