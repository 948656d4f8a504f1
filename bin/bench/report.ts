import { cpus } from 'node:os';
import { PEERS } from '../../bench/peers';
import { type Limits, limitWords, reachedWords } from './limits';
import { disagreeing, type LeftOut, type Result } from './result';
import { type Growth, growthWords } from './steady';
import { kernelTable, taskTable } from './table';

/** All that is written to the file; what is added is printed at once. */
export class Report {
  readonly machine;
  readonly results: Result[] = [];
  readonly leftOut: LeftOut[] = [];
  limits: Limits | null = null;
  steady: Growth | null = null;

  constructor(
    device: string,
    readonly rounds: number,
    private readonly say: (text: string) => void,
  ) {
    this.machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, platform: process.platform, device };
    say(`${this.machine.cores} cores of ${this.machine.cpu}; WebGPU: ${device}`);
  }

  /** Before any results, so that they can be held against it. */
  addLimits(limits: Limits): void {
    this.limits = limits;
    this.say(limitWords(limits));
  }

  /** Of one task. */
  add({ results, leftOut }: { results: readonly Result[]; leftOut: readonly LeftOut[] }): void {
    this.results.push(...results);
    this.leftOut.push(...leftOut);
    if (results.length + leftOut.length === 0) return;
    const reached = this.limits ? results.map((result) => reachedWords(result, this.limits as Limits)) : [];
    const lines = [taskTable(results, leftOut), ...reached.filter((words) => words !== null)];
    this.say([...lines, ...disagreeing(results).map((words) => `Not the same work: ${words}`)].join('\n'));
    for (const result of results) if (result.kernels.length > 0) this.say(kernelTable(result));
  }

  addGrowth(growth: Growth): void {
    this.steady = growth;
    this.say(growthWords(growth, PEERS.plan.title));
  }

  toJSON() {
    const { machine, rounds, limits, results, leftOut, steady } = this;
    return { machine, rounds, limits, results, leftOut, steady };
  }
}
