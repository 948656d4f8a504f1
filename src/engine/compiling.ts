import type { Executor } from './executor';

/**
 * Hears how many kernels are ready, of all that were asked for since it began to listen: neither number ever falls. What
 * it throws ends the compilation that it hears of.
 */
export type OnCompiling = (ready: number, of: number) => void;

/** An executor whose programs are made of kernels, which take a while to compile. */
export interface TellsCompiling extends Executor {
  /** Who listens from now on, or null. */
  onCompiling: OnCompiling | null;
}

export const tellsCompiling = (executor: Executor): executor is TellsCompiling => 'onCompiling' in executor;
