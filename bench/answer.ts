import type { KernelTime, RunReport } from '../src/engine/executor';
import { openGraphics } from '../src/engine/graphics';
import { peakFlops } from '../src/engine/plan/peak';
import { type GpuCounts, gpuCounts } from './gpu_counters';
import { PEERS, type PeerName } from './peers';
import { bandwidth } from './probes/bandwidth';
import { type Sample, sample } from './sample';
import type { Task, Work } from './work';

/** A task made ready. `checks`: what the first two runs came to. */
export interface Opened {
  /** From the weights and the loaded code to the first result. */
  coldMilliseconds: number;
  /** Of the second run, which nothing has to be compiled for. */
  warmMilliseconds: number;
  checks: [number, number];
  /** Bytes of GPU buffers, or what the peer says it holds. */
  bytes: number;
  report: RunReport | null;
}

export interface BenchCalls {
  /** Null when the peer does not do such tasks. */
  open: { ask: { peer: PeerName; task: Task }; answer: Opened | null };
  sample: { ask: { runs: number }; answer: Sample };
  profile: { ask: Record<never, never>; answer: readonly KernelTime[] };
  /** Runs, each waited for; then what has been asked of WebGPU so far. */
  repeat: { ask: { runs: number }; answer: GpuCounts };
  /** What the device can do, a second: operations in fp32, bytes read and written. */
  probe: { ask: Record<never, never>; answer: { flops: number; bandwidth: number } };
  close: { ask: Record<never, never>; answer: null };
}

export type BenchCall = { [K in keyof BenchCalls]: { call: K } & BenchCalls[K]['ask'] }[keyof BenchCalls];

/** Everything that a thread of the benchmark, or Node, can be asked for; the work that was opened is kept. */
export function answerBench(): (asked: BenchCall) => Promise<BenchCalls[keyof BenchCalls]['answer']> {
  let work: Work | null = null;
  const opened = (): Work => {
    if (!work) throw new Error('bench: nothing was opened');
    return work;
  };
  return async (asked) => {
    switch (asked.call) {
      case 'open': {
        const ready = (await PEERS[asked.peer].load())(asked.task);
        if (!ready) return null;
        const { liveBytes } = gpuCounts();
        const began = performance.now();
        work = await ready.open();
        const first = await work.run();
        const warm = performance.now();
        const second = await work.run();
        return {
          coldMilliseconds: warm - began,
          warmMilliseconds: performance.now() - warm,
          checks: [first, second],
          bytes: gpuCounts().liveBytes - liveBytes || work.bytesHeld(),
          report: work.report ?? null,
        };
      }
      case 'sample':
        return sample(opened(), asked.runs);
      case 'profile':
        return (await opened().profile?.()) ?? [];
      case 'repeat':
        for (let run = 0; run < asked.runs; run++) await opened().run();
        return gpuCounts();
      case 'probe':
        return probeDevice();
      case 'close':
        work?.dispose?.();
        work = null;
        return null;
    }
  };
}

async function probeDevice(): Promise<BenchCalls['probe']['answer']> {
  const { device } = await openGraphics();
  return { flops: await peakFlops(device), bandwidth: await bandwidth(device) };
}
