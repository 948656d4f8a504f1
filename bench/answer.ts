import type { KernelTime, RunReport } from '../src/engine/executor';
import { openGraphics } from '../src/engine/graphics';
import { peakFlops } from '../src/engine/plan/tune/peak';
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

/** Time by kernel, none where nothing keeps it, and what the device can do in operations a second. */
export interface Profile {
  kernels: readonly KernelTime[];
  peak: number | null;
}

export interface BenchCalls {
  /** Null when the peer does not do such tasks. */
  open: { ask: { peer: PeerName; task: Task }; answer: Opened | null };
  sample: { ask: { runs: number }; answer: Sample };
  profile: { ask: Record<never, never>; answer: Profile };
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
        return profileOf(opened());
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

/** Of so many runs the fastest, which what else the machine does takes the least part in. */
const PROFILED = 5;

async function profileOf({ profile, peak }: Work): Promise<Profile> {
  let [kernels, least]: [readonly KernelTime[], number] = [[], Number.POSITIVE_INFINITY];
  for (let run = 0; profile && run < PROFILED; run++) {
    const times = await profile();
    const total = times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    if (total < least) [kernels, least] = [times, total];
  }
  return { kernels, peak: kernels.length > 0 && peak ? await peak() : null };
}

async function probeDevice(): Promise<BenchCalls['probe']['answer']> {
  const { device } = await openGraphics();
  return { flops: await peakFlops(device), bandwidth: await bandwidth(device) };
}
