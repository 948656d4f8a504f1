import type { Program } from '../graph/program';
import type { Executor } from './executor';
import type { MadeViews } from './views';

/** What is known of a program before any of it is made. */
export interface Needs {
  /**
   * Whether the device gives buffers as large as the largest one beside its variables; all of them together may still be
   * too much for it.
   */
  readonly fits: boolean;
}

/** An executor that knows whether a program fits before any of it is made. */
export interface Foresees extends Executor {
  foresee(program: Program, views?: MadeViews | null): Needs;
}

export const foresees = (executor: Executor): executor is Foresees => 'foresee' in executor;
