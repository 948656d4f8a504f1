import type { Executable, Feeds, KernelTime, RunReport } from '../engine/executor';

/** What a run's steps cost, as far as it is known. */
export interface StepCosts {
  /** Null where the executor records nothing. */
  readonly report: RunReport | null;
  /** Steps whose time was taken so far. */
  readonly timedSteps: number;
  /** Mean over those steps; null while there are none, and where the device does not keep time. */
  readonly kernels: readonly KernelTime[] | null;
  /** Has the time of the next step taken, where that can be done. It is the same step for that, to the last bit. */
  timeNext(): void;
}

/** A compiled step that learns what it costs while it runs. */
export class MeasuredStep implements StepCosts {
  timedSteps = 0;
  private readonly sums = new Map<string, KernelTime>();
  private wanted = false;

  constructor(private readonly executable: Executable) {}

  get report(): RunReport | null {
    return this.executable.report;
  }

  get kernels(): readonly KernelTime[] | null {
    if (this.timedSteps === 0) return null;
    return [...this.sums.values()].map((sum) => ({ ...sum, milliseconds: sum.milliseconds / this.timedSteps }));
  }

  timeNext(): void {
    this.wanted = true;
  }

  async run(feeds: Feeds): Promise<Record<string, Float32Array>> {
    if (!this.wanted) return this.executable.run(feeds);
    this.wanted = false;
    const { outputs, kernels } = await this.executable.profile(feeds);
    if (kernels) this.add(kernels);
    return outputs;
  }

  dispose(): void {
    this.executable.dispose();
  }

  private add(kernels: readonly KernelTime[]): void {
    this.timedSteps++;
    for (const kernel of kernels) {
      const before = this.sums.get(kernel.label)?.milliseconds ?? 0;
      this.sums.set(kernel.label, { ...kernel, milliseconds: before + kernel.milliseconds });
    }
  }
}
