import { answerBench, type BenchCall } from './answer';
import { countGpuCalls } from './gpu_counters';

// One peer with one task, on a thread of its own. An answer a call, in order.

countGpuCalls();
const answer = answerBench();
self.onmessage = async ({ data }: MessageEvent<BenchCall>) => {
  try {
    self.postMessage({ result: await answer(data) });
  } catch (cause) {
    self.postMessage({ error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  }
};
