import { builds } from 'virtual:kernels';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { fromBase64 } from '../../../core/formats/base64';
import { type Exports, startThreads } from './threads';

/** Numbers of the kernels, as in kernels/index.ts. */
export const KERNELS = {
  packWeights: 0,
  packRows: 1,
  convolve: 2,
  filterGradient: 3,
  sumChannels: 4,
  normalise: 5,
  normGradient: 6,
  depthwise: 7,
  depthwiseFilterGradient: 8,
} as const;
export type KernelName = keyof typeof KERNELS;

/** Bytes: of the job and its parameters, of zeros, of lists that go with a job, and of what each thread works in. */
const JOB = 512;
const ZEROS = 2 ** 16;
const LISTS = 2 ** 13;
const SCRATCH = 2 ** 17;
/** Where a job's parameters begin. */
const PARAMETERS = 64;
const MOST_THREADS = 8;

/** A window's own thread may not sleep. */
const SLEEPS = Number('WorkerGlobalScope' in globalThis);

/** Our kernels, working in the memory of TensorFlow.js's WebAssembly. */
export class Kernels {
  constructor(
    private readonly exports: Exports,
    private readonly memory: WebAssembly.Memory,
    private readonly base: number,
    /** This one and those that wait for jobs. */
    readonly threads: number,
  ) {}

  /** Address of as many zeros as any pixel has channels. */
  get zeros(): number {
    return this.base + JOB;
  }

  /** Runs the tasks 0 .. tasks - 1 of a kernel, on all threads. Parameters as each kernel describes. */
  run(kernel: KernelName, tasks: number, parameters: readonly number[]): void {
    new Int32Array(this.memory.buffer, this.base + PARAMETERS, parameters.length).set(parameters);
    this.exports.run(this.base, KERNELS[kernel], tasks, this.threads, scratchOf(this.base, 0), SLEEPS);
  }

  /** Leaves a list of integers where the next job finds it; gives the address. */
  list(index: 0 | 1, values: readonly number[]): number {
    const address = this.base + JOB + ZEROS + (index * LISTS) / 2;
    if (4 * values.length > LISTS / 2) throw new Error(`${values.length} numbers are too many for a list`);
    new Int32Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }
}

const scratchOf = (base: number, thread: number): number => base + JOB + ZEROS + LISTS + thread * SCRATCH;

const linked = new WeakMap<BackendWasm, Kernels>();

export function kernelsOf(backend: BackendWasm): Kernels {
  const kernels = linked.get(backend);
  if (!kernels) throw new Error('tfjs-backend-wasm: its kernels are not linked');
  return kernels;
}

/** Links our kernels to the backend, with as many threads; fewer where its memory is not shared or they do not start. */
export async function linkKernels(backend: BackendWasm, wanted: number): Promise<Kernels> {
  const memory = memoryOf(backend);
  const shared = !(memory.buffer instanceof ArrayBuffer);
  const module = await compiled(shared);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const most = shared ? Math.max(1, Math.min(wanted, MOST_THREADS)) : 1;
  const bytes = JOB + ZEROS + LISTS + most * SCRATCH;
  // The spare bytes are for an address that vectors and atomic numbers like.
  const { wasm } = backend as unknown as { wasm: { _malloc(bytes: number): number } };
  const base = (wasm._malloc(bytes + 63) + 63) & ~63;
  new Uint8Array(memory.buffer, base, bytes).fill(0);
  const services = Array.from({ length: most - 1 }, (_, i) => ({
    module,
    memory,
    control: base,
    scratch: scratchOf(base, i + 1),
  }));
  const serving = await startThreads(services);
  const kernels = new Kernels(exports as unknown as Exports, memory, base, 1 + serving);
  linked.set(backend, kernels);
  return kernels;
}

/** Relaxed SIMD has fused multiply and add: Chrome 114, Firefox 146. */
async function compiled(shared: boolean): Promise<WebAssembly.Module> {
  const [relaxed, plain] = shared ? [builds.relaxedShared, builds.plainShared] : [builds.relaxed, builds.plain];
  const bytes = fromBase64(relaxed);
  if (WebAssembly.validate(bytes)) return WebAssembly.compile(bytes);
  return WebAssembly.compile(fromBase64(plain));
}

/** The build with threads says where its memory is; the others export it under a name that the minifier chose. */
function memoryOf({ wasm }: BackendWasm): WebAssembly.Memory {
  const { wasmMemory, asm } = wasm as unknown as { wasmMemory?: WebAssembly.Memory; asm: Record<string, unknown> };
  const memory = wasmMemory ?? Object.values(asm).find((value) => value instanceof WebAssembly.Memory);
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('tfjs-backend-wasm: no memory found');
  return memory;
}

/** Address of a tensor's first element. */
export const addressOf = (backend: BackendWasm, { dataId }: TensorInfo): number => backend.getMemoryOffset(dataId);
