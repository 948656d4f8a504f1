import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { assemble } from './assembler';
import { normaliseRows, rowSums, slopeRows, slopeSums, squareSums } from './channel_sums';
import { products } from './products';

/** Our routines, with i32 parameters as each describes. */
export interface Routines {
  products(...parameters: number[]): void;
  productsTurned(...parameters: number[]): void;
  rowSums(...parameters: number[]): void;
  squareSums(...parameters: number[]): void;
  slopeSums(...parameters: number[]): void;
  normaliseRows(...parameters: number[]): void;
  slopeRows(...parameters: number[]): void;
}

const linked = new WeakMap<BackendWasm, Routines>();

/** Our routines, working in the memory of TensorFlow.js's WebAssembly. */
export function routinesOf(backend: BackendWasm): Routines {
  const known = linked.get(backend);
  if (known) return known;
  const memory = memoryOf(backend);
  const shared = !(memory.buffer instanceof ArrayBuffer);
  const bytes = assemble(
    [
      products('products', false),
      products('productsTurned', true),
      rowSums(),
      squareSums(),
      slopeSums(),
      normaliseRows(),
      slopeRows(),
    ],
    shared,
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const routines = exports as unknown as Routines;
  linked.set(backend, routines);
  return routines;
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
