import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerBench } from '../../bench/answer';
import { countGpuCalls } from '../../bench/gpu_counters';
import { ABLATED, type PeerName } from '../../bench/peers';
import { openGraphics } from '../../src/engine/graphics';
import { Complaint } from '../complaint';
import type { Arena } from './rounds';

/** V8's own, which programs see only when they ask for it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** Whom Node can run: what needs nothing but a GPUDevice. */
export const NODE_PEERS: readonly PeerName[] = ['plan', 'half', 'unfused', ...ABLATED];

/**
 * WebGPU without a browser: Dawn on whatever Vulkan device there is (VK_ICD_FILENAMES chooses a driver). It takes the place
 * of `navigator.gpu`, so that peers need not know where they are.
 */
export async function openNodeArena(): Promise<Arena & { device: string; software: boolean; close(): Promise<void> }> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create(['disable-dawn-features=timestamp_quantization']);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  countGpuCalls();
  const { name, software, device } = await openGraphics().catch(() => {
    throw new Complaint('There is no Vulkan device here; VK_ICD_FILENAMES can name the driver of one.');
  });
  const answers = new Map<PeerName, ReturnType<typeof answerBench>>();
  const answerOf = (peer: PeerName) => {
    const answer = answers.get(peer) ?? answerBench();
    answers.set(peer, answer);
    return answer;
  };
  return {
    device: name,
    software,
    // Answers come in the shape of their calls.
    ask: (peer, asked) => answerOf(peer)(asked) as Promise<never>,
    async end(peer) {
      await answers.get(peer)?.({ call: 'close' });
      answers.delete(peer);
    },
    async heapBytes() {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    },
    async close() {
      // Node would wait for it.
      device.destroy();
    },
  };
}
