import type { PeerName } from '../../bench/peers';
import type { Task } from '../../bench/work';
import type { Arena } from './rounds';

/** What is held after a tenth of many steps, and after all of them. */
export interface Growth {
  steps: number;
  buffers: [number, number];
  bufferBytes: [number, number];
  heapBytes: [number, number];
}

const STEPS = 1000;
const TASK: Task = { row: 'step', network: 'small', batch: 4 };

/** Many steps of a small network: who leaks, holds more at the end. */
export async function steadiness(arena: Arena, peer: PeerName): Promise<Growth> {
  process.stderr.write(`steady: ${STEPS} steps\n`);
  await arena.ask(peer, { call: 'open', peer, task: TASK });
  try {
    const after = async (runs: number) => {
      const { live, liveBytes } = await arena.ask(peer, { call: 'repeat', runs });
      return { live, liveBytes, heap: await arena.heapBytes() };
    };
    const [early, late] = [await after(STEPS / 10), await after(STEPS - STEPS / 10)];
    return {
      steps: STEPS,
      buffers: [early.live, late.live],
      bufferBytes: [early.liveBytes, late.liveBytes],
      heapBytes: [early.heap, late.heap],
    };
  } finally {
    await arena.end(peer);
  }
}

const kilobytes = (bytes: readonly [number, number]): string => {
  const [early, late] = bytes.map((count) => Math.round(count / 1024).toLocaleString('en'));
  return `${early} -> ${late} KB`;
};

export const growthWords = ({ steps, buffers, bufferBytes, heapBytes }: Growth, peer: string): string =>
  `steady: ${peer}, step ${steps / 10} -> ${steps.toLocaleString('en')}: ` +
  `buffers ${buffers.join(' -> ')}, ${kilobytes(bufferBytes)}; heap ${kilobytes(heapBytes)}`;
