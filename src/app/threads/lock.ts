/** The name every tab of this page asks for: whoever holds it trains. */
const TRAINER_LOCK = 'lookalike-trainer';

type Locks = Pick<LockManager, 'request' | 'query'>;

/**
 * Web Lock around a run. The browser frees it when the tab closes or crashes, so no tab can block the others for good.
 * Where there are no Web Locks every tab may train.
 */
export class TrainerLockHolder {
  private release: (() => void) | null = null;
  /** Resolves when the browser has taken note that the lock was given back, a moment after `give`. */
  private given: Promise<unknown> = Promise.resolve();
  private waiting: AbortController | null = null;

  constructor(private readonly locks: Locks | undefined) {}

  get held(): boolean {
    return this.release !== null;
  }

  /** Takes the lock if nobody else has it. */
  async take(): Promise<boolean> {
    if (this.held) return true;
    this.waiting?.abort();
    if (!this.locks) {
      this.release = () => undefined;
      return true;
    }
    const { locks } = this;
    await this.given;
    return new Promise((resolve, reject) => {
      this.given = locks
        .request(TRAINER_LOCK, { ifAvailable: true }, (lock) => {
          if (!lock) {
            resolve(false);
            return undefined;
          }
          return new Promise<void>((done) => {
            this.release = done;
            resolve(true);
          });
        })
        .catch(reject);
    });
  }

  give(): void {
    this.release?.();
    this.release = null;
  }

  /** Whether another tab has it now. */
  async elsewhere(): Promise<boolean> {
    if (this.held || !this.locks) return false;
    const { held = [] } = await this.locks.query();
    return held.some(({ name }) => name === TRAINER_LOCK);
  }

  /** Resolves to true as soon as the other tab gives the lock back; false if this tab stopped waiting. Takes nothing. */
  async whenFree(): Promise<boolean> {
    this.waiting?.abort();
    if (!this.locks) return true;
    const waiting = new AbortController();
    this.waiting = waiting;
    try {
      await this.locks.request(TRAINER_LOCK, { signal: waiting.signal }, () => undefined);
      return true;
    } catch (cause) {
      if (waiting.signal.aborted) return false;
      throw cause;
    }
  }
}
