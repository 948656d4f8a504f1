interface Entry<T> {
  result: { value: T } | { cause: unknown } | null;
}

/**
 * Work that is done out of order and taken in order, a bounded number of pieces ahead. Whatever changes wakes whoever
 * waits. (A race against one long-lived promise would do too, but that promise would hold every result until the end.)
 */
export class Ahead<T> {
  private readonly entries: Entry<T>[] = [];
  private ended = false;
  private stopped = false;
  private waking: Promise<void> | null = null;
  private wakeUp: () => void = () => undefined;

  constructor(private readonly most: number) {}

  /** Resolves when there is room for one more piece; false: it is not wanted any more. */
  async room(): Promise<boolean> {
    while (this.entries.length >= this.most && !this.stopped) await this.woken();
    return !this.stopped;
  }

  push(work: Promise<T>): void {
    const entry: Entry<T> = { result: null };
    this.entries.push(entry);
    work.then(
      (value) => this.settle(entry, { value }),
      (cause) => this.settle(entry, { cause }),
    );
  }

  /** No more will be pushed. */
  end(): void {
    this.ended = true;
    this.wake();
  }

  /** Nothing more is wanted. */
  stop(): void {
    this.stopped = true;
    this.wake();
  }

  /** The result that is next in order, or null at the end. Throws what its work threw. */
  async next(): Promise<T | null> {
    while (!this.stopped) {
      const result = this.entries[0]?.result;
      if (result) {
        this.entries.shift();
        this.wake();
        if ('cause' in result) throw result.cause;
        return result.value;
      }
      if (this.entries.length === 0 && this.ended) break;
      await this.woken();
    }
    return null;
  }

  private settle(entry: Entry<T>, result: Entry<T>['result']): void {
    entry.result = result;
    this.wake();
  }

  private woken(): Promise<void> {
    this.waking ??= new Promise((resolve) => {
      this.wakeUp = resolve;
    });
    return this.waking;
  }

  private wake(): void {
    this.wakeUp();
    this.waking = null;
  }
}
