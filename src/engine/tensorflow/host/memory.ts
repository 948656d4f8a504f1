import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

export type Numbers = Float32Array | Int32Array;

/** Tensors of plain JavaScript. */
export interface Memory {
  read(tensor: TensorInfo): Numbers;
  allocate(shape: readonly number[], dtype?: 'float32' | 'int32'): TensorInfo;
}

const memoryOf = (backend: unknown): Memory => {
  const cpu = backend as MathBackendCPU;
  return {
    read: ({ dataId }) => cpu.data.get(dataId).values as Numbers,
    allocate: (shape, dtype = 'float32') => {
      const size = shape.reduce((a, b) => a * b, 1);
      return cpu.makeTensorInfo([...shape], dtype, dtype === 'int32' ? new Int32Array(size) : new Float32Array(size));
    },
  };
};

/** A kernel in plain JavaScript. `run` allocates its results first, then reads. */
export function hostKernel(
  kernelName: string,
  run: (memory: Memory, inputs: Record<string, TensorInfo>, attributes: NamedAttrMap) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(memoryOf(backend), inputs as Record<string, TensorInfo>, attrs ?? {}),
  };
}
