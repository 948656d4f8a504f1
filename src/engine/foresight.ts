import type { Program } from '../graph/program';
import type { Executor } from './executor';
import type { MadeViews } from './views';

/** What a program would take beside its variables. */
export interface Needs {
  readonly bytes: number;
  /** Whether the device gives buffers as large as the largest one; all of them together may still be too much for it. */
  readonly fits: boolean;
}

/** An executor that knows what a program takes before any of it is made. */
export interface Foresees extends Executor {
  foresee(program: Program, views?: MadeViews | null): Needs;
}

export const foresees = (executor: Executor): executor is Foresees => 'foresee' in executor;
