import type { RunConfig } from '../core/config';
import { Fault } from '../core/fault';
import type { StepReport } from '../core/records';
import { type CoolDown, coolDownFrom, keyMomentum, lastStep, learningRate } from '../core/schedule';
import type { Executor } from '../engine/executor';
import { architecture } from './backbones/architecture';
import { type Batch, drawBatch, type StepViews, stepViews } from './batch';
import { begin } from './begin';
import { checkVariables, firstBroken, programVariables, type RunState } from './checkpoint';
import { Embedder, type Embeds, type OnProgress } from './embed';
import { MeasuredStep, type StepCosts } from './measured_step';
import { keysPerStep, mocoFeeds, mocoStep } from './methods/moco';
import { advance } from './queue';
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
  const encoder = architecture(config);
  const program = mocoStep(encoder, config);
  if (from) {
    checkVariables(program, from.variables);
    executor.write(from.variables);
  } else {
    await begin(executor, encoder, config, source);
  }
  const names = [...programVariables(program).keys()];
  const embedder = await Embedder.open(executor, encoder, 'query', source, {
    side: config.side,
    seed: config.seed,
    recipe: config.augmentation,
  });
  const executable = new MeasuredStep(program, await executor.compile(program));
  return new OpenRun(executor, executable, embedder, names, source, config, from);
}

/**
 * A run in an executor. Nothing is in flight between two reports: whoever holds a report holds the whole truth,
 * and `state` is exactly that step.
 */
export class OpenRun implements Embeds {
  private done: number;
  private pointer: number;
  private ending: CoolDown | null;
  private broken: Fault | null = null;

  constructor(
    private readonly executor: Executor,
    private readonly executable: MeasuredStep,
    private readonly embedder: Embedder,
    private readonly names: readonly string[],
    private readonly source: PixelSource,
    /** As it is now: `extend` changes the number of steps. */
    public config: RunConfig,
    from: RunState | null,
  ) {
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
    let drawn: Promise<Batch> | null = null;
    while (this.end === null || this.done < this.end) {
      if (this.broken) throw this.broken;
      const began = performance.now();
      const batch = await (drawn ?? drawBatch(this.config, this.source, this.done));
      const rate = learningRate(this.config, this.done, this.ending);
      const running = this.executable.run(this.feeds(batch, rate));
      drawn = this.done + 1 === this.end ? null : drawBatch(this.config, this.source, this.done + 1);
      // A failure to read shows when the batch is awaited, not as an unhandled rejection before.
      drawn?.catch(() => undefined);
      const { loss, accuracy, spread } = await running;
      this.done++;
      this.pointer = advance(this.pointer, keysPerStep(this.config), this.config.queue);
      if (!Number.isFinite(loss[0])) {
        this.broken = diverged(this.done, 'the loss');
        throw this.broken;
      }
      yield {
        step: this.done,
        loss: loss[0],
        accuracy: accuracy[0],
        learningRate: rate,
        spread: spread[0],
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

  /** Exactly what step `step` (from 0) sees or saw. `views(run.step)` are those of the next step. */
  views(step: number): Promise<StepViews> {
    return stepViews(this.config, this.source, step);
  }

  /** Open-ended runs: from the next step on the rate falls to zero, then the run is done. A second call does nothing. */
  coolDown(): void {
    if (this.config.steps !== null)
      throw new Fault('config', `This run ends by itself at step ${this.config.steps}.`, 'Stop it to end it earlier.');
    this.ending ??= coolDownFrom(this.done);
  }

  /** Puts the end off by `steps` more; an open-ended run that was cooling down, or had, goes on without an end. */
  extend(steps: number): void {
    if (!Number.isInteger(steps) || steps < 1)
      throw new Fault('config', `A run cannot be extended by ${steps} steps.`, 'Give a whole number of steps above 0.');
    this.ending = null;
    if (this.config.steps !== null) this.config = { ...this.config, steps: this.config.steps + steps };
  }

  /** Gives back the run's programs and variables; the executor stays. */
  dispose(): void {
    this.executable.dispose();
    this.embedder.dispose();
    this.executor.drop(this.names);
  }

  private feeds({ rows, query, key, order }: Batch, rate: number) {
    return mocoFeeds(this.config, {
      query,
      key,
      ids: rows,
      order,
      learningRate: rate,
      keyMomentum: keyMomentum(this.config, this.done),
      pointer: this.pointer,
    });
  }
}
