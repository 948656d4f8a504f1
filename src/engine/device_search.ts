import type { Executor } from './executor';

/** The k nearest rows of each query, nearest first; row -1 and similarity -Infinity where there were fewer than k. */
export interface Found {
  /** [Q, k] */
  readonly rows: Int32Array;
  /** [Q, k]: cosines, in single precision. */
  readonly similarities: Float32Array;
}

/** Unit rows [N, D] on a device, to be searched by cosine, exhaustively. */
export interface SearchedRows {
  /**
   * The k nearest rows of each unit query [Q, D]. Rounds of the selection grow with k, so it is for k up to some hundreds.
   * @param excludeSelf [Q]: the row that each query is and that is not to be found, or -1.
   * @throws Fault('memory') when the device has no room for the search, Fault('device') when it is lost.
   */
  find(queries: Float32Array, k: number, excludeSelf?: Int32Array): Promise<Found>;
  dispose(): Promise<void>;
}

/** An executor whose device also searches. */
export interface Searches extends Executor {
  /**
   * Puts unit rows [N, D] on the device.
   * @throws Fault('memory') when it has no room for them, Fault('device') when it is lost.
   */
  uploadRows(rows: Float32Array, dim: number): Promise<SearchedRows>;
}

export const searches = (executor: Executor): executor is Searches => 'uploadRows' in executor;
