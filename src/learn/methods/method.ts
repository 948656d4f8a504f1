import type { Diagnostic } from '../../core/columns';
import type { MethodName, RunConfig } from '../../core/config';
import type { NamedArray } from '../../core/records';
import type { Executor, Feeds } from '../../engine/executor';
import type { Program } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import type { Architecture } from '../backbones/architecture';
import type { PixelSource } from '../source';
import type { WeightSpec } from '../weights';

/** What is drawn for a step beside its views. */
export interface StepDraw {
  step: number;
  /** The pictures of its first views, [N]. */
  rows: Int32Array;
  /** Those of its second views: the same, or in places a mutual neighbour. */
  others: Int32Array;
  /** With neighbours: the pictures that are no negatives of each first view and of each second, [N, 1 + k] each. */
  excluded?: readonly [Int32Array, Int32Array];
  /** The shuffle over batch-norm groups, a permutation of 0 .. N - 1. */
  order: Int32Array;
}

/** What moves along with a run. */
export interface Pace {
  /** As it is now: a run may be extended. */
  config: RunConfig;
  learningRate: number;
  /** Where the run's ring is, see `Method.advance`. */
  pointer: number;
}

/**
 * A way to learn, made ready for one encoder and config. What a run needs of it and no more: a run draws, feeds, steps,
 * reports and keeps, whatever the method.
 *
 * Promised by every method:
 * - `program` reads every variable that it writes, and `initial` gives all of them: they are the checkpoint;
 * - the query encoder's weights are the variables 'query.*', by the backbone's names, frozen ones too: what search embeds with and exports;
 * - what is fed follows from the draw and the pace alone: a resumed run is the uninterrupted one.
 */
export interface Method {
  readonly name: MethodName;
  /** One training step. Outputs `loss` [] and what `report` reads. */
  readonly program: Program;
  /** Variables of a fresh run. */
  initial(seed: number): Record<string, NamedArray>;
  /** What has to be done with them before the first step, on the executor that holds them. */
  prepare?(executor: Executor, source: PixelSource): Promise<void>;
  /** The program's inputs that are views, normalised [N, S, S, 3], each with the number of the view that it takes. */
  readonly views: Readonly<Record<string, 0 | 1>>;
  /** Weights of the query encoder that do not learn and that the program need not read: checkpoints hold them too. */
  readonly frozen?: readonly WeightSpec[];
  /** What is done to the view of one input before it is shown to the encoder. */
  readonly corruption?: {
    readonly input: string;
    corrupt(clean: Float32Array, rows: ArrayLike<number>, step: number): Float32Array;
  };
  /** All that the program is fed beside its views. */
  feeds(draw: StepDraw, pace: Pace): Feeds;
  /** The one piece of loop state that a checkpoint holds beside the variables: MoCo's place in its queue. */
  advance(pointer: number): number;
  /** The diagnostics of a step, out of the program's outputs and what it was fed. */
  report(outputs: Readonly<Record<string, Float32Array>>, feeds: Feeds): Partial<Record<Diagnostic, number>>;
  /** How pictures are given back, for methods that do that. */
  readonly decodes?: Decodes;
}

/** What is known of a program over views. */
export type ViewedMethod = Pick<Method, 'program' | 'views' | 'corruption'>;

/** An autoencoder's two halves, by running statistics. */
export interface Decodes {
  /** Pictures [N, S, S, 3] -> codes [N, C] and, for a VAE, each code's divergence from the prior, dimension by dimension. */
  encode(pictures: Tensor): { codes: Tensor; divergences?: Tensor };
  /** Codes [N, C] -> normalised pictures [N, S, S, 3]. */
  decode(codes: Tensor): Tensor;
}

export type OpenMethod = (encoder: Architecture, config: RunConfig) => Method;

/** Outputs of shape [] that are diagnostics as they are. */
export const numbersOf =
  (...names: Diagnostic[]): Method['report'] =>
  (outputs) =>
    Object.fromEntries(names.map((name) => [name, outputs[name][0]]));

/** `advance` of a method whose only state are its variables. */
export const stateless = (): number => 0;
