import type { Dispatch } from '../command';

/** What becomes of a product's sums before they are stored. */
export interface Finish {
  /** Kind of kernel that a product with this end is. */
  readonly label: string;
  readonly reads: Dispatch['reads'];
  /**
   * Statements between the last sum and the first that is stored, for the thread's v-th vector of channels: its index is
   * `channel`. Not before the sums: registers are short there.
   */
  once(channel: string, v: number): string;
  /** What is stored of a sum at index `at` of the result. */
  value(sum: string, at: string, v: number): string;
}

export const AS_IT_IS: Finish = { label: 'conv2d', reads: {}, once: () => '', value: (sum) => sum };
