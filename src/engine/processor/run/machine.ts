import type { Dtype } from '../../../graph/tensor';
import { Heap } from '../memory/heap';
import { compiledKernels, type Exports, instantiate, kernelNames } from './module';
import { startThreads } from './threads';

/** Bytes: of how a job gets to threads, of zeros (as many as any pixel has channels), of what each thread works in. */
const CONTROL = 64;
const JOB = 64;
const ZEROS = 2 ** 16;
const SCRATCH = 5 * 2 ** 18;
const MOST_THREADS = 8;

/** Pages of WebAssembly's memory: at first, and at most, where a shared one reserves as many; phones have fewer to give. */
const FIRST_PAGES = Math.ceil((CONTROL + JOB + ZEROS + MOST_THREADS * SCRATCH) / 2 ** 16);
const MOST_PAGES = [2 ** 16, 2 ** 15, 2 ** 14];

/** A window's own thread may not sleep. */
const SLEEPS = Number('WorkerGlobalScope' in globalThis);

const scratchOf = (thread: number): number => CONTROL + JOB + ZEROS + thread * SCRATCH;

/** One that threads share, where they are wanted and the browser has it. */
function memoryFor(threads: number): WebAssembly.Memory {
  if (globalThis.crossOriginIsolated === true && threads > 1)
    for (const maximum of MOST_PAGES)
      try {
        return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum, shared: true });
      } catch {
        // So large a range of addresses is not to be had.
      }
  return new WebAssembly.Memory({ initial: FIRST_PAGES });
}

/** The kernels in a memory of their own, and the threads that run them. */
export class Machine {
  /** Address of zeros. */
  readonly zeros = CONTROL + JOB;
  readonly heap: Heap;

  private constructor(
    readonly memory: WebAssembly.Memory,
    private readonly exports: Exports,
    /** By number. */
    readonly kernels: readonly string[],
    private readonly workers: readonly Worker[],
  ) {
    this.heap = new Heap(memory, scratchOf(MOST_THREADS));
  }

  /** With so many threads; fewer where memory is not shared or they do not start. */
  static async start(wanted: number): Promise<Machine> {
    const memory = memoryFor(wanted);
    const shared = !(memory.buffer instanceof ArrayBuffer);
    const module = await compiledKernels(shared);
    const exports = instantiate(module, memory);
    const others = shared ? Math.min(wanted, MOST_THREADS) - 1 : 0;
    const services = Array.from({ length: others }, (_, i) => ({
      module,
      memory,
      control: CONTROL,
      scratch: scratchOf(i + 1),
    }));
    return new Machine(memory, exports, kernelNames(module), await startThreads(services));
  }

  /** This one and those that wait for jobs. */
  get threads(): number {
    return 1 + this.workers.length;
  }

  /** Runs commands that lie one behind another from an address on. */
  execute(commands: number, count: number): void {
    this.exports.execute(CONTROL, commands, count, this.threads, scratchOf(0), SLEEPS);
  }

  /** A view of so many numbers, until the memory grows. */
  values(address: number, length: number, dtype: Dtype): Float32Array | Int32Array {
    const Kind = dtype === 'int32' ? Int32Array : Float32Array;
    return new Kind(this.memory.buffer, address, length);
  }

  dispose(): void {
    for (const worker of this.workers) worker.terminate();
  }
}
