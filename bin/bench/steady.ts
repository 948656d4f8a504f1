import type { Growth } from '../../bench/growth';
import type { PeerName } from '../../bench/peers';
import type { Task } from '../../bench/work';
import type { Arena } from './contest';

const STEPS = 1000;
const TASK: Task = { row: 'step', network: 'small', batch: 4 };

/** Many steps of a small network: whether buffers and heap grow. */
export async function steadiness(arena: Arena, peer: PeerName): Promise<Growth> {
  process.stderr.write(`steady: ${STEPS} steps\n`);
  await arena.ask(peer, { call: 'open', peer, task: TASK });
  try {
    return await arena.ask(peer, { call: 'growth', runs: STEPS });
  } finally {
    await arena.end(peer);
  }
}

export function growthWords({ runs, buffers, bufferBytes, heap }: Growth, peer: string): string {
  const kilobytes = ([early, late]: readonly [number, number]) => `${kb(early)} -> ${kb(late)} KB`;
  const kb = (bytes: number) => Math.round(bytes / 1024).toLocaleString('en');
  const ofHeap = heap ? `, heap ${kilobytes(heap)}` : '';
  return (
    `steady: ${peer}, step ${runs / 10} -> ${runs.toLocaleString('en')}: ` +
    `buffers ${buffers.join(' -> ')}, ${kilobytes(bufferBytes)}${ofHeap}`
  );
}
