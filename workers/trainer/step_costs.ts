import type { Performance, RecordedPerformance } from '../../src/core/performance';
import type { OpenRun } from '../../src/learn/run';
import type { Context } from './context';

/** Milliseconds between two timed steps: their kernels run apart, which takes longer on some devices. */
const EVERY = 2_000;
/** The first steps of a program are not like the others. */
const SETTLED = 2;

/** Tells the page what a run's steps cost, and has one of them timed every few seconds. */
export class StepCosts {
  private timedAt = Number.NEGATIVE_INFINITY;
  private steps = 0;
  /** Timed steps that the page was told of. */
  private told = 0;

  constructor(
    private readonly context: Context,
    private readonly open: OpenRun,
    private readonly run: string,
  ) {}

  afterStep(): void {
    this.steps++;
    if (this.steps < SETTLED || performance.now() - this.timedAt < EVERY) return;
    this.timedAt = performance.now();
    this.open.costs.timeNext();
  }

  /** There is something new to be told. */
  get due(): boolean {
    return this.open.costs.timedSteps > this.told;
  }

  /** Says what is known by now. */
  tell(): void {
    this.told = this.open.costs.timedSteps;
    const { executor, page } = this.context;
    const message: Performance = {
      run: this.run,
      step: this.open.step,
      bytesHeld: executor.bytesHeld(),
      recorded: this.recorded(),
    };
    page.send({ type: 'performance', performance: message });
  }

  private recorded(): RecordedPerformance | null {
    const { executor } = this.context;
    const { report, timedSteps, kernels } = this.open.costs;
    if (!report) return null;
    const { dispatches, submits, bytes, flops } = report;
    return { dispatches, submits, bytesMoved: bytes, flops, features: executor.features(), timedSteps, kernels };
  }
}
