import type { Executor } from './executor';

/**
 * Called with how many kernels are ready, of all asked for since it was set: neither number ever falls. What
 * it throws ends the compilation.
 */
export type OnCompiling = (ready: number, of: number) => void;

/** An executor whose programs are made of kernels, which take a while to compile. */
export interface TellsCompiling extends Executor {
  /** Who listens from now on, or null. */
  onCompiling: OnCompiling | null;
}

export const tellsCompiling = (executor: Executor): executor is TellsCompiling => 'onCompiling' in executor;
