import { builds } from 'virtual:resize';
import { fromBase64 } from '../core/formats/base64';

/** The inner loops of resizing (kernels/index.ts), and the memory that they work in. All parameters are bytes or counts. */
export interface Kernels {
  memory: WebAssembly.Memory;
  blendRows(
    src: number,
    stride: number,
    offsets: number,
    weights: number,
    pairs: number,
    dst: number,
    dstStride: number,
    count: number,
    rows: number,
  ): void;
  blendColumns(
    src: number,
    srcStride: number,
    firsts: number,
    weights: number,
    groups: number,
    dst: number,
    quads: number,
    columns: number,
    rows: number,
  ): void;
  separate(channels: number, channel: number, src: number, dst: number, count: number): void;
}

/** Kernels with a memory of their own. */
export function createKernels(): Kernels {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(fromBase64(builds.plain));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { ...(exports as unknown as Kernels), memory };
}
