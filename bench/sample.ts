import { gpuCounts } from './gpu_counters';
import type { Work } from './work';

/** Of one run, as the mean over the runs of a sample. */
export interface Sample {
  milliseconds: number;
  /** Until the thread was free again after one run was asked for: the JavaScript of it, and WebAssembly where that computes. */
  script: number;
  dispatches: number;
  submits: number;
  /** Buffers made. */
  buffers: number;
}

/** Whoever waits for the thread to be free. Made once: a channel costs as much as a fifth of a step's JavaScript. */
let bell: { ring: MessagePort; listen: MessagePort } | null = null;

/** Resolves when the thread has nothing else to do: whatever was asked for is on its way to the device. */
function threadFree(): Promise<void> {
  if (!bell) {
    const { port1, port2 } = new MessageChannel();
    bell = { ring: port2, listen: port1 };
  }
  const { ring, listen } = bell;
  return new Promise((resolve) => {
    listen.onmessage = () => {
      // Node does not end while somebody listens.
      listen.onmessage = null;
      resolve();
    };
    ring.postMessage(null);
  });
}

/** Makes `runs` runs one after another, none waiting for the one before, and waits for the last. */
export async function sample(work: Work, runs: number): Promise<Sample> {
  // The channel is there before the clock runs.
  await threadFree();
  const before = gpuCounts();
  const began = performance.now();
  const asked = [work.run()];
  await threadFree();
  const script = performance.now() - began;
  while (asked.length < runs) asked.push(work.run());
  await Promise.all(asked);
  const milliseconds = (performance.now() - began) / runs;
  const after = gpuCounts();
  const [dispatches, submits, buffers] = (['dispatches', 'submits', 'buffers'] as const).map(
    (name) => (after[name] - before[name]) / runs,
  );
  return { milliseconds, script, dispatches, submits, buffers };
}
