import type { RunConfig } from '../core/config';
import { Fault } from '../core/fault';
import { judgedRecipe } from '../core/presets';
import type { StepReport } from '../core/records';
import { type CoolDown, coolDownFrom, lastStep, learningRate } from '../core/schedule';
import type { Executor } from '../engine/executor';
import { architecture } from './backbones/architecture';
import { drawBatch, type StepViews, stepViews } from './batch';
import { begin } from './begin';
import { checkVariables, firstBroken, programVariables, type RunState } from './checkpoint';
import { Embedder, type Embeds, type OnProgress } from './embed';
import type { WalkWish } from './latent_walk';
import { MeasuredStep, type StepCosts } from './measured_step';
import type { Method, StepDraw } from './methods/method';
import { openMethod } from './methods/open';
import { type Reconstructed, Reconstructor } from './reconstruct';
import type { PixelSource } from './source';

const diverged = (step: number, what: string): Fault =>
  new Fault(
    'diverged',
    `Step ${step}: ${what} is not a finite number, so the run was stopped; the last checkpoint is kept.`,
    'Start again with a lower learning rate (a third is a good try) or a higher temperature.',
  );

/**
 * Opens a run: a fresh one, or with `from` one that goes on exactly where that state was taken. One run an executor.
 * @throws Fault('data') when the state does not fit the config.
 */
export async function openRun(
  executor: Executor,
  config: RunConfig,
  source: PixelSource,
  from: RunState | null,
): Promise<OpenRun> {
  const method = openMethod(config);
  if (from) {
    checkVariables(method.program, from.variables);
    executor.write(from.variables);
  } else {
    await begin(executor, method, config.seed, source);
  }
  const { side, seed } = config;
  const recipe = judgedRecipe(config);
  const embedder = await Embedder.open(executor, architecture(config), 'query', source, { side, seed, recipe });
  const executable = new MeasuredStep(method.program, await executor.compile(method.program));
  return new OpenRun(executor, method, executable, embedder, source, config, from);
}

/**
 * A run in an executor. Nothing is in flight between two reports: whoever holds a report holds the whole truth,
 * and `state` is exactly that step.
 */
export class OpenRun implements Embeds {
  /** Of the variables that the step keeps. */
  private readonly names: readonly string[];
  private done: number;
  private pointer: number;
  private ending: CoolDown | null;
  private broken: Fault | null = null;
  private looking: Promise<Reconstructor | null> | null = null;

  constructor(
    private readonly executor: Executor,
    private readonly method: Method,
    private readonly executable: MeasuredStep,
    private readonly embedder: Embedder,
    private readonly source: PixelSource,
    /** As it is now: `extend` changes the number of steps. */
    public config: RunConfig,
    from: RunState | null,
  ) {
    this.names = [...programVariables(method.program).keys()];
    this.done = from?.step ?? 0;
    this.pointer = from?.pointer ?? 0;
    this.ending = from?.coolDown ?? null;
  }

  /** Steps done. */
  get step(): number {
    return this.done;
  }

  /** Step count at which the run is done, or null while it has no end. */
  get end(): number | null {
    return lastStep(this.config, this.ending);
  }

  get dim(): number {
    return this.embedder.dim;
  }

  get costs(): StepCosts {
    return this.executable;
  }

  /**
   * One report a step, in order, until the last step. Pause by not pulling, stop with `return()`; call again to go on.
   * While the device works on a step, the views of the next are drawn.
   * @throws Fault('diverged') at the step whose loss is not a number; the run is over then.
   */
  async *train(): AsyncGenerator<StepReport, void, undefined> {
    let drawn: Promise<StepDraw> | null = null;
    while (this.end === null || this.done < this.end) {
      if (this.broken) throw this.broken;
      const began = performance.now();
      const batch = await (drawn ?? this.draw(this.done));
      const rate = learningRate(this.config, this.done, this.ending);
      const feeds = this.method.feeds(batch, { config: this.config, learningRate: rate, pointer: this.pointer });
      const running = this.executable.run(feeds);
      drawn = this.done + 1 === this.end ? null : this.draw(this.done + 1);
      // A failure to read shows when the batch is awaited, not as an unhandled rejection before.
      drawn?.catch(() => undefined);
      const outputs = await running;
      const [loss] = outputs.loss;
      this.done++;
      this.pointer = this.method.advance(this.pointer);
      if (!Number.isFinite(loss)) {
        this.broken = diverged(this.done, 'the loss');
        throw this.broken;
      }
      yield {
        step: this.done,
        loss,
        learningRate: rate,
        ...this.method.report(outputs, feeds),
        imagesPerSecond: this.config.batch / Math.max(1e-6, (performance.now() - began) / 1000),
      };
    }
  }

  /**
   * All a resume needs, as of `step`.
   * @throws Fault('diverged') when the run has, or when a weight is no longer a number: not to be kept.
   */
  async state(): Promise<RunState> {
    if (this.broken) throw this.broken;
    const variables = await this.executor.read(this.names);
    const name = firstBroken(variables);
    if (name) {
      this.broken = diverged(this.done, `a value of '${name}'`);
      throw this.broken;
    }
    return { step: this.done, pointer: this.pointer, coolDown: this.ending, variables };
  }

  embed(rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array> {
    return this.embedder.embed(rows, onProgress);
  }

  embedViews(rows: ArrayLike<number>, view: 0 | 1, onProgress?: OnProgress): Promise<Float32Array> {
    return this.embedder.embedViews(rows, view, onProgress);
  }

  /** Pictures given back, `preferred` rows first; null where the method gives none back. Changes nothing of the run. */
  async reconstruct(preferred: readonly number[], wish: WalkWish): Promise<Reconstructed | null> {
    this.looking ??= Reconstructor.open(this.executor, this.method, this.config, this.source);
    return (await this.looking)?.look(preferred, wish) ?? null;
  }

  /** Exactly what step `step` (from 0) sees or saw. `views(run.step)` are those of the next step. */
  views(step: number): Promise<StepViews> {
    return stepViews(this.config, this.method, this.source, step);
  }

  /** Open-ended runs: from the next step on the rate falls to zero, then the run is done. A second call does nothing. */
  coolDown(): void {
    if (this.config.steps !== null)
      throw new Fault('config', `This run ends by itself at step ${this.config.steps}.`, 'Stop it to end it earlier.');
    this.ending ??= coolDownFrom(this.done);
  }

  /** Sets the end `steps` steps from here, whether the run had come to its end, was stopped before it, or had none. */
  extend(steps: number): void {
    if (!Number.isInteger(steps) || steps < 1)
      throw new Fault('config', `A run cannot be extended by ${steps} steps.`, 'Give a whole number of steps above 0.');
    this.ending = null;
    this.config = { ...this.config, steps: this.done + steps };
  }

  /** Gives back the run's programs and variables; the executor stays. */
  dispose(): void {
    this.executable.dispose();
    this.embedder.dispose();
    void this.looking?.then((reconstructor) => reconstructor?.dispose());
    this.executor.drop(this.names);
  }

  private draw(step: number): Promise<StepDraw> {
    return drawBatch(this.config, this.method, this.source, step);
  }
}
