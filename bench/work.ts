import type { KernelTime, RunReport } from '../src/engine/executor';
import type { NetworkName } from './networks';

/** What is done again and again. `batch`: pictures, or queries, of one run. */
export type Task =
  | { readonly row: 'step' | 'embed'; readonly network: NetworkName; readonly batch: number }
  | { readonly row: 'augment'; readonly side: number; readonly batch: number }
  | {
      readonly row: 'search';
      readonly count: number;
      readonly dim: number;
      readonly k: number;
      readonly batch: number;
    };

/** A task made ready on one peer: its weights and buffers live with it. */
export interface Work {
  /**
   * One run; may be asked for again before the last one has ended. Resolves to a number that every peer must come to, once
   * nothing of the run is left to do.
   */
  run(): Promise<number>;
  /** Bytes of variables and buffers, as far as the peer knows. */
  bytesHeld(): number;
  /** What one run costs, where it is known beforehand. */
  readonly report?: RunReport;
  /** Time by kernel, where the device keeps time. */
  profile?(): Promise<readonly KernelTime[]>;
  /** The most operations in single precision a second that its device does. */
  peak?(): Promise<number>;
  /** Gives back what outlives the thread it was made on, or a thread that goes on. */
  dispose?(): void;
}

/** Makes a task ready; null when the peer does not do such tasks. Slow preparations of data are over before. */
export type Opener = (task: Task) => { open(): Promise<Work> } | null;
