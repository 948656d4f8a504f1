import { gpuCounts } from './gpu_counters';
import type { Work } from './work';

/** What is held after a tenth of the runs, and after all of them. */
export interface Growth {
  runs: number;
  buffers: [number, number];
  bufferBytes: [number, number];
  /** JavaScript's heap after its rubbish was collected, in bytes; null where it cannot be told. */
  heap: [number, number] | null;
}

/** Chrome's, and only there. */
interface MeasuredHeap {
  memory?: { usedJSHeapSize: number };
}

function heapBytes(): number | null {
  // There with --expose-gc alone.
  const collect = (globalThis as { gc?: () => void }).gc;
  if (!collect) return null;
  collect();
  if (typeof process !== 'undefined' && process.memoryUsage) return process.memoryUsage().heapUsed;
  return (performance as MeasuredHeap).memory?.usedJSHeapSize ?? null;
}

/** Makes many runs: whoever leaks, holds more at the end than after a tenth of them. */
export async function growth(work: Work, runs: number): Promise<Growth> {
  const held = () => ({ ...gpuCounts(), heap: heapBytes() });
  const tenth = Math.ceil(runs / 10);
  for (let run = 0; run < tenth; run++) await work.run();
  const early = held();
  for (let run = tenth; run < runs; run++) await work.run();
  const late = held();
  return {
    runs,
    buffers: [early.live, late.live],
    bufferBytes: [early.liveBytes, late.liveBytes],
    heap: early.heap === null || late.heap === null ? null : [early.heap, late.heap],
  };
}
