import type { RunConfig } from '../core/config';
import type { StepReport } from '../core/records';
import { type CoolDown, learningRate } from '../core/schedule';
import type { Feeds } from '../engine/executor';
import { MeasuredStep } from './measured_step';
import type { Method, StepDraw } from './methods/method';
import type { MutualNeighbours } from './neighbours';
import type { PixelSource } from './source';
import { drawStep } from './viewing/draws';
import type { Viewing } from './viewing/viewing';

/** A step's draw, and what it is fed of its views. */
export interface Drawn {
  readonly draw: StepDraw;
  readonly views: Feeds;
}

/** A step that was asked for and whose outputs are not here yet. */
export interface Flight {
  readonly learningRate: number;
  readonly feeds: Feeds;
  readonly outputs: Promise<Record<string, Float32Array>>;
  /** The method's loop state before this step. */
  readonly pointer: number;
}

/** Takes a method's steps one after another, each in two halves: it is asked for, and its outputs come back. */
export class Stepper {
  readonly measured: MeasuredStep;
  /** Steps asked for. */
  begun: number;
  /** Steps whose outputs are here. */
  done: number;
  /** The method's loop state after the steps asked for. */
  pointer: number;

  constructor(
    private readonly method: Method,
    private readonly viewing: Viewing,
    private readonly source: PixelSource,
    private readonly neighbours: MutualNeighbours | null,
    { done, pointer }: { done: number; pointer: number },
  ) {
    this.measured = new MeasuredStep(viewing.executable);
    this.begun = this.done = done;
    this.pointer = pointer;
  }

  async draw(config: RunConfig): Promise<Drawn> {
    const draw = drawStep(config, this.source, this.begun, this.neighbours);
    return { draw, views: await this.viewing.feeds(draw) };
  }

  /** Asks for the next step. */
  begin({ draw, views }: Drawn, config: RunConfig, ending: CoolDown | null): Flight {
    const { pointer } = this;
    const rate = learningRate(config, draw.step, ending);
    const feeds = { ...views, ...this.method.feeds(draw, { config, learningRate: rate, pointer }) };
    const outputs = this.measured.run(feeds);
    // It is thrown when its step is reported, which may be after that of the step before.
    outputs.catch(() => undefined);
    this.begun++;
    this.pointer = this.method.advance(pointer);
    return { learningRate: rate, feeds, outputs, pointer };
  }

  /** Waits for a step. One that fails was never taken. */
  async land({ learningRate: rate, feeds, outputs, pointer }: Flight): Promise<Omit<StepReport, 'imagesPerSecond'>> {
    const made = await outputs.catch((cause: unknown) => {
      [this.begun, this.pointer] = [this.done, pointer];
      throw cause;
    });
    this.done++;
    return { step: this.done, loss: made.loss[0], learningRate: rate, ...this.method.report(made, feeds) };
  }
}
