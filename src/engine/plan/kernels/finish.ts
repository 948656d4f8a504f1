import type { Dispatch } from '../lower/command';

/** What becomes of a product's sums before they are stored. */
export interface Finish {
  /** Kind of kernel that a product with this end is. */
  readonly label: string;
  readonly reads: Dispatch['reads'];
  /** Statements between the last sum and the first that is stored, for the channels at this index: before, registers are short. */
  once(channel: string): string;
  /** What is stored of a sum at index `at` of the result. */
  value(sum: string, at: string): string;
}

export const asItIs = (label: string): Finish => ({ label, reads: {}, once: () => '', value: (sum) => sum });
