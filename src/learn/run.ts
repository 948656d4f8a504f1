import type { RecipeName, RunConfig } from '../core/config';
import { Fault } from '../core/fault';
import type { WalkRequest } from '../core/reconstructions';
import type { StepReport } from '../core/records';
import { type CoolDown, coolDownFrom, lastStep } from '../core/schedule';
import type { Executor } from '../engine/executor';
import { architecture } from './backbones/architecture';
import { begin, type Opening } from './begin';
import { checkVariables, firstBroken, type RunState, runVariables } from './checkpoint';
import { Embedder, type Embeds, type OnProgress } from './embed';
import type { StepCosts } from './measured_step';
import type { Method } from './methods/method';
import { learningEncoder, openMethod } from './methods/open';
import { amongDrawn, type MutualNeighbours, NEIGHBOURS, neighboursIn, toArray, withoutNeighbours } from './neighbours';
import { type Reconstructed, Reconstructor } from './reconstruct';
import { withFittingBatch } from './room';
import type { PixelSource } from './source';
import { type Drawn, type Flight, Stepper } from './stepper';
import { drawStep } from './viewing/draws';
import { openKeptViewing } from './viewing/kept';
import { openViewing } from './viewing/open';
import { type StepViews, stepViews, type Viewing } from './viewing/viewing';

const diverged = (step: number, what: string): Fault =>
  new Fault(
    'diverged',
    `Step ${step}: ${what} is not a finite number, so the run was stopped; the last checkpoint is kept.`,
    'Start again with a lower learning rate (a third is a good try) or a higher temperature.',
  );

/**
 * Opens a run: a fresh one, with `start` from weights that have learned before, or with `from` one that goes on exactly
 * where that state was taken. One run an executor.
 * @throws Fault('data') when the state does not fit the config; Fault('memory') that says which batch would fit.
 */
export async function openRun(
  executor: Executor,
  config: RunConfig,
  source: PixelSource,
  from: RunState | null,
  { start = null, neighbours: found = null, seen, told = () => undefined }: Opening = {},
): Promise<OpenRun> {
  const method = openMethod(config);
  const neighbours = config.neighbours === 0 ? null : from ? neighboursIn(from.variables) : found;
  if (config.neighbours > 0 && !neighbours) throw new Error('run: opened without its neighbours');
  if (from) checkVariables(method, from.variables);
  // First what takes most room: nothing else is there yet when it does not fit.
  const opened =
    config.views > 0
      ? openKeptViewing(executor, method, learningEncoder(config), config, source)
      : openViewing(executor, method, config, source);
  const viewing = await opened.catch((cause: unknown) => {
    throw withFittingBatch(cause, executor, config, source);
  });
  try {
    if (from) executor.write(withoutNeighbours(from.variables));
    else await begin(executor, method, config.seed, source, start);
    await viewing.prepare?.(told);
    const views = { side: seen?.side ?? config.side, recipe: config.recipe };
    const embedder = await Embedder.open(executor, architecture(config), 'query', seen?.source ?? source, views);
    return new OpenRun(executor, method, viewing, embedder, source, config, from, neighbours);
  } catch (cause) {
    viewing.dispose();
    executor.drop([...runVariables(method).keys()]);
    throw cause;
  }
}

/**
 * A run in an executor. While it is `settled`, nothing is under way: whoever holds a report holds the whole truth, and
 * `state` is exactly that step. Between two reports it is, unless the run was told to go ahead.
 */
export class OpenRun implements Embeds {
  /** Of the variables that the step keeps. */
  private readonly names: readonly string[];
  private readonly stepper: Stepper;
  private readonly neighbours: MutualNeighbours | null;
  /** The step that was asked for ahead. */
  private flight: Flight | null = null;
  private ending: CoolDown | null;
  private broken: Fault | null = null;
  private reconstructor: Promise<Reconstructor | null> | null = null;

  constructor(
    private readonly executor: Executor,
    private readonly method: Method,
    private readonly viewing: Viewing,
    private readonly embedder: Embedder,
    private readonly source: PixelSource,
    /** As it is now: `extend` changes the number of steps. */
    public config: RunConfig,
    from: RunState | null,
    /** As they were found: what is kept in checkpoints. */
    private readonly found: MutualNeighbours | null,
  ) {
    this.names = [...runVariables(method).keys()];
    this.neighbours = found && amongDrawn(found, source);
    const place = { done: from?.step ?? 0, pointer: from?.pointer ?? 0 };
    this.stepper = new Stepper(method, viewing, source, this.neighbours, place);
    this.ending = from?.coolDown ?? null;
  }

  get step(): number {
    return this.stepper.done;
  }

  /** Step count at which the run is done, or null while it has no end. */
  get end(): number | null {
    return lastStep(this.config, this.ending);
  }

  get dim(): number {
    return this.embedder.dim;
  }

  get recipe(): RecipeName {
    return this.embedder.recipe;
  }

  get costs(): StepCosts {
    return this.stepper.measured;
  }

  /** Nothing is under way. */
  get settled(): boolean {
    return this.flight === null;
  }

  /**
   * One report a step, in order, until the last step. Pause by not pulling, stop with `return()`; call again to go on.
   * While the device works on a step, the next is drawn. Whenever `goesAhead` says so, the next is also asked for, so that
   * the device need not wait until the outputs are read: the report then comes while that step is under way.
   * @throws Fault('diverged') at the step whose loss is not a number; the run is over then.
   */
  async *train(goesAhead: () => boolean = () => false): AsyncGenerator<StepReport, void, undefined> {
    let drawn: Promise<Drawn> | null = null;
    let reportedAt = 0;
    try {
      while (this.flight || this.isToBegin) {
        if (this.broken) throw this.broken;
        // What was under way has used all the time since the last report.
        const since = this.flight ? reportedAt : performance.now();
        const flight = this.flight ?? this.begin(await (drawn ?? this.draw()));
        this.flight = null;
        drawn = this.isToBegin ? this.draw() : null;
        // A failure to read shows when the step is begun, not as an unhandled rejection before.
        drawn?.catch(() => undefined);
        if (drawn && goesAhead()) {
          this.flight = await drawn.then(
            (next) => this.begin(next),
            () => null,
          );
          if (this.flight) drawn = null;
        }
        const report = await this.land(flight);
        reportedAt = performance.now();
        yield { ...report, imagesPerSecond: this.config.batch / Math.max(1e-6, (reportedAt - since) / 1000) };
      }
    } finally {
      // Nobody asks for its report; it takes effect all the same. Of a run that broke it is worth nothing.
      const { flight } = this;
      if (flight) await (this.broken ? flight.outputs : this.land(flight)).catch(() => undefined);
      this.flight = null;
    }
  }

  /**
   * All a resume needs, as of `step`.
   * @throws Fault('diverged') when the run has, or when a weight is no longer a number: not to be kept.
   */
  async state(): Promise<RunState> {
    if (this.broken) throw this.broken;
    if (this.flight) throw new Error('run: asked for its state while a step is under way');
    const variables: RunState['variables'] = await this.executor.read(this.names);
    const name = firstBroken(variables);
    if (name) {
      this.broken = diverged(this.step, `a value of '${name}'`);
      throw this.broken;
    }
    if (this.found) variables[NEIGHBOURS] = toArray(this.found);
    return { step: this.step, pointer: this.stepper.pointer, coolDown: this.ending, variables };
  }

  embed(rows: ArrayLike<number>, onProgress?: OnProgress): Promise<Float32Array> {
    return this.embedder.embed(rows, onProgress);
  }

  embedViews(rows: ArrayLike<number>, view: 0 | 1, onProgress?: OnProgress): Promise<Float32Array> {
    return this.embedder.embedViews(rows, view, onProgress);
  }

  /** Pictures given back, `preferred` rows first; null where the method gives none back. Changes nothing of the run. */
  async reconstruct(preferred: readonly number[], request: WalkRequest): Promise<Reconstructed | null> {
    this.reconstructor ??= Reconstructor.open(this.executor, this.method, this.config, this.source);
    return (await this.reconstructor)?.reconstruct(preferred, request) ?? null;
  }

  /** Exactly what step `step` (from 0) sees or saw. `views(run.step)` are those of the next step. */
  async views(step: number): Promise<StepViews> {
    return stepViews(this.viewing, drawStep(this.config, this.source, step, this.neighbours), this.config.side);
  }

  /** Open-ended runs: from the next step on the rate falls to zero, then the run is done. A second call does nothing. */
  coolDown(): void {
    if (this.config.steps !== null)
      throw new Fault('config', `This run ends by itself at step ${this.config.steps}.`, 'Stop it to end it earlier.');
    this.ending ??= coolDownFrom(this.stepper.begun);
  }

  /** Sets the end `steps` steps from here, whether the run had come to its end, was stopped before it, or had none. */
  extend(steps: number): void {
    if (!Number.isInteger(steps) || steps < 1)
      throw new Fault('config', `A run cannot be extended by ${steps} steps.`, 'Give a whole number of steps above 0.');
    this.ending = null;
    this.config = { ...this.config, steps: this.step + steps };
  }

  /** Gives back the run's programs and variables; the executor stays. */
  dispose(): void {
    this.viewing.dispose();
    this.embedder.dispose();
    void this.reconstructor?.then((reconstructor) => reconstructor?.dispose());
    this.executor.drop(this.names);
  }

  private get isToBegin(): boolean {
    return this.end === null || this.stepper.begun < this.end;
  }

  private draw(): Promise<Drawn> {
    return this.stepper.draw(this.config);
  }

  private begin(drawn: Drawn): Flight {
    return this.stepper.begin(drawn, this.config, this.ending);
  }

  private async land(flight: Flight): Promise<Omit<StepReport, 'imagesPerSecond'>> {
    const report = await this.stepper.land(flight);
    if (Number.isFinite(report.loss)) return report;
    this.broken = diverged(report.step, 'the loss');
    throw this.broken;
  }
}
