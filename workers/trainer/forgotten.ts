/**
 * Data sets that are being deleted. Work on one of them ends at its next look, and nothing is said of the pictures that
 * it then misses: the person has sent them away.
 */
export class Forgotten {
  private readonly ended = new Map<string, AbortController>();

  /** From now on this data set is gone; it never comes back, as every import makes an id of its own. */
  add(dataset: string): void {
    this.of(dataset).abort();
  }

  /**
   * Runs `job` unless its data set is gone, and keeps to itself what fails because it went meanwhile.
   * @param job is given the signal that the data set is gone
   */
  async spare(dataset: string, job: (gone: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.of(dataset);
    if (signal.aborted) return;
    try {
      await job(signal);
    } catch (cause) {
      if (!signal.aborted) throw cause;
    }
  }

  private of(dataset: string): AbortController {
    const controller = this.ended.get(dataset) ?? new AbortController();
    this.ended.set(dataset, controller);
    return controller;
  }
}
