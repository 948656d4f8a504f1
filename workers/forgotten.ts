/**
 * Data sets that are being deleted. Work on one of them ends at its next look, and nothing is said of the pictures that
 * it then misses: the user has sent them away.
 */
export class Forgotten {
  private readonly ended = new Map<string, AbortController>();

  /** From now on this data set is gone. */
  add(dataset: string): void {
    this.of(dataset).abort();
  }

  /** It was not deleted after all. */
  remove(dataset: string): void {
    this.ended.delete(dataset);
  }

  /**
   * Runs `job`. Whatever fails once its data set is gone is an AbortError.
   * @param job is given a signal: the data set is gone, or `signal` has aborted
   */
  async spare<T>(dataset: string, job: (ended: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const { signal: gone } = this.of(dataset);
    gone.throwIfAborted();
    try {
      return await job(signal ? AbortSignal.any([signal, gone]) : gone);
    } catch (cause) {
      gone.throwIfAborted();
      throw cause;
    }
  }

  private of(dataset: string): AbortController {
    const controller = this.ended.get(dataset) ?? new AbortController();
    this.ended.set(dataset, controller);
    return controller;
  }
}
