import { median } from '../../src/core/median';

/** Samples in the order they were taken, and what they come to. */
export interface Range {
  median: number;
  low: number;
  high: number;
  samples: readonly number[];
}

export const range = (samples: readonly number[]): Range => ({
  median: median(samples),
  low: Math.min(...samples),
  high: Math.max(...samples),
  samples,
});

/** How many times `one` is `other`: the median over rounds, each round's two samples having met the same machine. */
export const ratio = (one: Range, other: Range): number =>
  median(one.samples.map((value, round) => value / other.samples[round]));

/** One thing to be measured again and again. */
export interface Case<T> {
  name: string;
  sample(): Promise<T>;
}

/** Samples every case in turn, `rounds` times: whatever else the machine does meanwhile, it does to all of them. */
export async function interleaved<T>(title: string, cases: readonly Case<T>[], rounds: number): Promise<T[][]> {
  const samples = cases.map((): T[] => []);
  for (let round = 1; round <= rounds; round++)
    for (const [i, { name, sample }] of cases.entries()) {
      process.stderr.write(`${title}: ${name}, ${round} of ${rounds}\n`);
      samples[i].push(await sample());
    }
  return samples;
}
