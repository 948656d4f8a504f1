import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** A WGSL kernel of one output; sizes are constants in its code. */
export interface Shader {
  /** Tells apart all kernels of different code. */
  key: string;
  inputs: Readonly<Record<string, { tensor: TensorInfo; vector: 1 | 4 }>>;
  output: { shape: readonly number[]; vector: 1 | 4 };
  /** Threads that have work; `thread` counts from 0. */
  threads: number;
  /**
   * Statements; reads arrays named as the inputs, writes `result`. Variables inside loops are given their zeros: SwiftShader
   * keeps what the last round left in them, against the standard.
   */
  body: string;
}

const WORKGROUP = 64;

/** Runs it through TensorFlow.js's command queue, with its buffers and its cache of pipelines. */
export function runShader(backend: WebGPUBackend, { key, inputs, output, threads, body }: Shader): TensorInfo {
  const program: WebGPUProgram = {
    shaderKey: `lookalike ${key}`,
    variableNames: Object.keys(inputs),
    variableComponents: Object.values(inputs).map(({ vector }) => vector),
    outputShape: [...output.shape],
    outputComponent: output.vector,
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: output.shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(threads / WORKGROUP), 1, 1],
    getUserCode: () => `
      fn main(thread: i32) {
        // TensorFlow.js binds its uniforms to every kernel, and a binding that nothing mentions is left out of the layout.
        _ = uniforms.NAN;
        if (thread >= ${threads}) { return; }
        ${body}
      }`,
  };
  const tensors = Object.values(inputs).map(({ tensor }) => tensor);
  return backend.runWebGPUProgram(program, tensors, 'float32');
}
