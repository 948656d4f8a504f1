import { encoded } from '../../src/engine/processor/run/encoding';
import { Machine } from '../../src/engine/processor/run/machine';

/** A launch takes some milliseconds. */
const [TASKS, ROUNDS] = [256, 10_000];
/** Two a multiply-add, of 12 vectors a round; kernels/peak.ts. */
const FLOPS = TASKS * ROUNDS * 12 * 4 * 2;
const LAUNCHES = 200;

/** Single-precision operations a second in multiply-adds on so many threads: the most of many launches. */
export async function processorPeak(threads: number): Promise<number> {
  const machine = await Machine.start(threads);
  const [sums, command] = [machine.heap.allocate(4 * TASKS), machine.heap.allocate(64)];
  const launch = { type: 'launch', kernel: 'peak', label: 'peak', tasks: TASKS, flops: FLOPS } as const;
  const { words } = encoded([{ ...launch, parameters: [ROUNDS, sums] }], machine.kernels, () => 0, 0);
  machine.values(command, words.length, 'int32').set(words);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < LAUNCHES; i++) {
    const began = performance.now();
    machine.execute(command, 1);
    least = Math.min(least, performance.now() - began);
  }
  const counted = machine.values(sums, TASKS, 'float32');
  machine.dispose();
  if (counted.some((sum) => sum !== 12 * ROUNDS)) throw new Error('bench: the probe of the peak did not do its work');
  return (1000 * FLOPS) / least;
}
