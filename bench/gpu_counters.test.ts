import { expect, test, vi } from 'vitest';
import { countGpuCalls, gpuCounts } from './gpu_counters';

// The few methods that are counted.
class Buffer {
  constructor(readonly size: number) {}
  destroy(): void {}
}
class Device {
  createBuffer({ size }: { size: number }): Buffer {
    return new Buffer(size);
  }
}
class Queue {
  submit(): void {}
}
class Pass {
  dispatchWorkgroups(): void {}
  dispatchWorkgroupsIndirect(): void {}
}

test('calls are counted and still made; a buffer that is destroyed twice leaves once', () => {
  const imitation = { GPUBuffer: Buffer, GPUDevice: Device, GPUQueue: Queue, GPUComputePassEncoder: Pass };
  for (const [name, made] of Object.entries(imitation)) vi.stubGlobal(name, made);
  countGpuCalls();
  const device = new Device();
  const [first, second] = [device.createBuffer({ size: 16 }), device.createBuffer({ size: 100 })];
  first.destroy();
  first.destroy();
  new Pass().dispatchWorkgroups();
  new Pass().dispatchWorkgroupsIndirect();
  new Queue().submit();
  expect(second.size).toBe(100);
  expect(gpuCounts()).toEqual({ dispatches: 2, submits: 1, buffers: 2, live: 1, liveBytes: 100 });
  vi.unstubAllGlobals();
});
