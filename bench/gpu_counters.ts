/** What a page asked of WebGPU so far. */
export interface GpuCounts {
  dispatches: number;
  submits: number;
  /** Buffers made. */
  buffers: number;
  /** Buffers made and not destroyed. */
  live: number;
  /** Bytes of those. */
  liveBytes: number;
}

const counts: GpuCounts = { dispatches: 0, submits: 0, buffers: 0, live: 0, liveBytes: 0 };
const living = new WeakSet<GPUBuffer>();

/** Calls `note` after every call of a method, with what it came to. */
function watch<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  note: (self: T, result: T[K] extends (...args: never) => infer R ? R : never) => void,
): void {
  const own = prototype[name] as (...args: unknown[]) => never;
  prototype[name] = function (this: T, ...args: unknown[]) {
    const result = own.apply(this, args);
    note(this, result);
    return result;
  } as T[K];
}

/** Counts from here on, whoever calls: methods of the API itself are wrapped. Once a thread; nothing where there is no WebGPU. */
export function countGpuCalls(): void {
  if (typeof GPUDevice === 'undefined') return;
  watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => counts.dispatches++);
  watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => counts.dispatches++);
  watch(GPUQueue.prototype, 'submit', () => counts.submits++);
  watch(GPUDevice.prototype, 'createBuffer', (_, buffer) => {
    counts.buffers++;
    counts.live++;
    counts.liveBytes += buffer.size;
    living.add(buffer);
  });
  watch(GPUBuffer.prototype, 'destroy', (buffer) => {
    if (!living.delete(buffer)) return;
    counts.live--;
    counts.liveBytes -= buffer.size;
  });
}

export const gpuCounts = (): GpuCounts => ({ ...counts });
