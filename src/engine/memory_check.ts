import type { Program } from '../graph/program';
import type { Executor } from './executor';
import type { MadeViews } from './views';

/** What is known of a program before any of it is made. */
export interface MemoryCheck {
  /**
   * Whether the device gives buffers as large as the largest one beside its variables; all of them together may still be
   * too much for it.
   */
  readonly fits: boolean;
}

/** An executor that knows whether a program fits before any of it is made. */
export interface ChecksMemory extends Executor {
  checkMemory(program: Program, views?: MadeViews | null): MemoryCheck;
}

export const checksMemory = (executor: Executor): executor is ChecksMemory => 'checkMemory' in executor;
