/** What the page asks of its threads one at a time, by purpose: the newest request takes the place of the one before. */
export class Newest {
  private readonly asked = new Map<string, AbortController>();

  /** Ends the request before it. Returns the signal of the next one. */
  begin(purpose: string): AbortSignal {
    this.end(purpose);
    const controller = new AbortController();
    this.asked.set(purpose, controller);
    return controller.signal;
  }

  isNewest(purpose: string, signal: AbortSignal): boolean {
    return this.asked.get(purpose)?.signal === signal;
  }

  end(purpose: string): void {
    this.asked.get(purpose)?.abort();
  }
}
