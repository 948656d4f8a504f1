import { type KernelConfig, UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import { hostKernel } from './memory';

// tfjs-backend-wasm 4.22 has no UnsortedSegmentSum, which is the derivative of gather.
// To be deleted if it gets one; it gets no more releases.

/** out [S, ...]: row s is the sum of the rows x[i] whose segment is s. */
export const segmentSum: KernelConfig = hostKernel(
  'wasm',
  UnsortedSegmentSum,
  (memory, { x, segmentIds }, attributes) => {
    const out = memory.allocate([attributes.numSegments as number, ...x.shape.slice(1)]);
    const [from, to, segments] = [x, out, segmentIds].map((tensor) => memory.read(tensor));
    const size = from.length / segments.length;
    to.fill(0);
    for (let i = 0; i < segments.length; i++)
      for (let j = 0; j < size; j++) to[segments[i] * size + j] += from[i * size + j];
    return out;
  },
);
