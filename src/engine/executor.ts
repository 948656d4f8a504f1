import type { PeakMemory } from '../core/memory';
import type { DeviceFeature } from '../core/performance';
import type { Program } from '../graph/program';
import type { Shape } from '../graph/tensor';
import type { MadeViews } from './views';

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
 * Called with how many kernels are ready, of all asked for since it was set: neither number ever falls. What
 * it throws ends the compilation.
 */
export type OnCompiling = (ready: number, of: number) => void;

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
  /** Of the processor that its kernels run on; 1 for a graphics card's. */
  readonly threads: number;
  /** Whether it makes views on its device, so that they need not be made on the host and copied there. */
  readonly makesViews: boolean;
  /** Optional features of the device that could make a step faster or tell more of it, and what programs in use make of them. */
  features(): readonly DeviceFeature[];
  /** Who listens from now on while kernels compile, or null; never called where they are ready made. */
  onCompiling: OnCompiling | null;
  /** Creates or replaces variables by name. */
  write(values: Readonly<Record<string, Values>>): void;
  /** Copies variables to the host, as they are after every run asked for so far. Throws for an unknown name. */
  read(names: readonly string[]): Promise<Record<string, Values>>;
  /** Forgets variables; unknown names are ignored. */
  drop(names: readonly string[]): void;
  /**
   * Whether the device gives buffers as large as the program's largest one beside its variables: all of them together may still
   * be too much for it. True where nothing is known before it runs.
   */
  fits(program: Program, views?: MadeViews): boolean;
  /**
   * Makes a program ready to run; everything slow happens here. With `views`, where `makesViews`, those inputs are made: the
   * same pixels and choices give the same bits, whatever the program.
   */
  compile(program: Program, views?: MadeViews): Promise<Executable>;
  /** Bytes the variables and any planned buffers hold. */
  bytesHeld(): number;
  /** The most bytes that were held at any time since `forgetPeak`. */
  peakMemory(): PeakMemory;
  /** Has the peak counted anew, from what is held now. */
  forgetPeak(): void;
  dispose(): void;
}

export interface Executable {
  /** Null where a library decides what is launched. */
  readonly report: RunReport | null;
  /** One run: commits the program's updates, resolves to its outputs. */
  run(feeds: Feeds): Promise<Record<string, Float32Array>>;
  /** One run like any other, to the last bit, that also tells where its time went: null where that is not known. */
  profile(feeds: Feeds): Promise<{ outputs: Record<string, Float32Array>; kernels: readonly KernelTime[] | null }>;
  dispose(): void;
}

/** What one run costs, known before it runs. */
export interface RunReport {
  dispatches: number;
  submits: number;
  /** Read and written, each operand of each kernel once. */
  bytes: number;
  /** Two a multiply-add. */
  flops: number;
}

/** Time that all launches of one kernel took on the device in one run. */
export interface KernelTime {
  label: string;
  launches: number;
  milliseconds: number;
  /** Two a multiply-add of convolutions and products; 0 of all else. */
  flops: number;
  /** Read and written, each operand once. */
  bytes: number;
  /** Of the milliseconds, those in which one of several threads worked and the others waited. */
  alone?: number;
}
