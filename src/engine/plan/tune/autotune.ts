import { NoRoom } from '../../../core/fault';
import type { Program } from '../../../graph/program';
import { elements, type Shape } from '../../../graph/tensor';
import { compile } from '../lower/compile';
import type { Variables } from '../memory/variables';
import type { Gpu } from '../run/gpu';
import type { Runs } from '../run/plan';
import { Recording } from '../run/recording';
import { timeOfOne, timeOnDevice } from '../run/timing';
import { type AutotuneTask, autotuneTasksOf, type Choices } from './tasks';
import type { Tuning } from './tuning';

/** Measures the kernel variants of an executor’s programs, one at a time: they share the names of their variables, and the device. */
export class Autotuner {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly gpu: Gpu,
    private readonly variables: Variables,
    private readonly tuning: Tuning,
    private readonly choices: Choices,
    /** Of all programs but the tasks: beside one, nothing that is measured is true. */
    private readonly runs: Runs,
  ) {}

  /**
   * Measures every variant of the products that a program leaves to choose, in full precision whatever the program's: its
   * shape decides. Where the device has no room to do so, or a run is under way, the tuning's stays, and is not kept.
   */
  measure(program: Program): Promise<void> {
    const measured = this.last.then(async () => {
      for (const task of autotuneTasksOf(program, this.choices, this.tuning)) await this.choose(task);
    });
    this.last = measured.catch(() => undefined);
    return measured;
  }

  private async choose({ key, variants, program, variables, measured }: AutotuneTask): Promise<void> {
    const { begun } = this.runs;
    const alone = () => this.runs.underWay === 0 && this.runs.begun === begun;
    let [best, least] = [variants[0], Number.POSITIVE_INFINITY];
    try {
      for (const [name, shape] of Object.entries(variables)) if (alone()) await this.place(name, shape);
      for (const variant of variants) {
        if (!alone()) return;
        const compiled = compile(program, { ...this.tuning, variantOf: () => variant });
        const recording = await Recording.make(this.gpu, this.variables, compiled);
        const time = await timeOfOne((times) => timeOnDevice(this.gpu, recording, times, measured)).finally(() =>
          recording.dispose(),
        );
        if (time < least) [best, least] = [variant, time];
      }
      if (alone()) await this.choices.set(key, best);
    } catch (cause) {
      if (!(cause instanceof NoRoom)) throw cause;
    } finally {
      this.variables.drop(Object.keys(variables));
    }
  }

  /** Zeros, as no kernel's time depends on the values. */
  private async place(name: string, shape: Shape): Promise<void> {
    const size = elements(shape);
    const write = () => this.variables.write({ [name]: { shape, data: new Float32Array(size) } });
    await this.gpu.orLost(this.gpu.withMemory([4 * size], '', write, () => this.variables.drop([name])));
  }
}
