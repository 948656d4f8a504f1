import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

export type Numbers = Float32Array | Int32Array;

/** Tensors of a backend whose memory JavaScript can reach: cpu and wasm. */
export interface Memory {
  /** Valid until the next `allocate`: WebAssembly's memory may move when it grows. */
  read(tensor: TensorInfo): Numbers;
  /** Not cleared. */
  allocate(shape: readonly number[], dtype?: 'float32' | 'int32'): TensorInfo;
}

const memories = {
  cpu: (backend: unknown): Memory => {
    const cpu = backend as MathBackendCPU;
    return {
      read: ({ dataId }) => cpu.data.get(dataId).values as Numbers,
      allocate: (shape, dtype = 'float32') => {
        const size = shape.reduce((a, b) => a * b, 1);
        return cpu.makeTensorInfo([...shape], dtype, dtype === 'int32' ? new Int32Array(size) : new Float32Array(size));
      },
    };
  },
  wasm: (backend: unknown): Memory => {
    const wasm = backend as BackendWasm;
    return {
      read: (tensor) => wasm.typedArrayFromHeap(tensor) as Numbers,
      allocate: (shape, dtype = 'float32') => wasm.makeOutput([...shape], dtype),
    };
  },
};

export type HostBackend = keyof typeof memories;

/** A kernel in plain JavaScript. `run` allocates its results first, then reads. */
export function hostKernel(
  backendName: HostBackend,
  kernelName: string,
  run: (memory: Memory, inputs: Record<string, TensorInfo>, attributes: NamedAttrMap) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(memories[backendName](backend), inputs as Record<string, TensorInfo>, attrs ?? {}),
  };
}
