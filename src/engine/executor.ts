import type { PeakMemory } from '../core/memory';
import type { Program } from '../graph/program';
import type { Shape } from '../graph/tensor';

/** A tensor's values on the host, row-major. */
export interface Values {
  readonly shape: Shape;
  readonly data: Float32Array | Int32Array;
}

/** What one run is fed: a typed array per `input` node, a number per `scalar` node, by name. Bytes and words are for views. */
export type Feeds = Readonly<Record<string, Float32Array | Int32Array | Uint8Array | Uint32Array | number>>;

/** TensorFlow.js op by op, the reference; or a plan: recorded commands for WebGPU, a list of kernels for processors. */
export type ExecutorName = 'tensorflow' | 'plan';

/**
 * Runs programs and keeps their variables between runs. The one door between learning and hardware:
 * TensorFlow.js is behind it, and so are the plans for WebGPU and for processors.
 *
 * Promised by every implementation:
 * - runs take effect in the order they were asked for, also when the caller does not wait;
 * - the same programs, variables and feeds give bit-identical results on the same backend;
 * - a failed run leaves the variables as they were;
 * - faults it can name (device lost, out of memory) are thrown as Fault; anything else is a bug.
 */
export interface Executor {
  readonly kind: ExecutorName;
  /** 'webgpu', 'wasm', 'webgl' or 'cpu'. */
  readonly backend: string;
  /** Creates or replaces variables by name. */
  write(values: Readonly<Record<string, Values>>): void;
  /** Copies variables to the host, as they are after every run asked for so far. Throws for an unknown name. */
  read(names: readonly string[]): Promise<Record<string, Values>>;
  /** Forgets variables; unknown names are ignored. */
  drop(names: readonly string[]): void;
  /** Makes a program ready to run; everything slow happens here. */
  compile(program: Program): Promise<Executable>;
  /** Bytes the variables and any planned buffers hold. */
  bytesHeld(): number;
  /** The most bytes that were held at any time since `forgetPeak`. */
  peakMemory(): PeakMemory;
  /** Has the peak counted anew, from what is held now. */
  forgetPeak(): void;
  dispose(): void;
}

export interface Executable {
  /** One run: commits the program's updates, resolves to its outputs. */
  run(feeds: Feeds): Promise<Record<string, Float32Array>>;
  dispose(): void;
}
