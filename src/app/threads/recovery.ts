/** Decides whether a thread that ended may be started again: so many times within a window, then no more. */
export class Recovery {
  private readonly times: number[] = [];

  /** @param now milliseconds */
  constructor(
    private readonly limit = 3,
    private readonly window = 60_000,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts one restart, if it is allowed. */
  allow(): boolean {
    const time = this.now();
    while (this.times.length > 0 && time - this.times[0] >= this.window) this.times.shift();
    if (this.times.length >= this.limit) return false;
    this.times.push(time);
    return true;
  }
}
