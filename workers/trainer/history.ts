import { COLUMNS, COMMON, type Column } from '../../src/core/columns';
import type { Evaluation, History, ProbeRows, StepReport } from '../../src/core/records';

/** The past of a run while it grows: step columns, evaluations and probe neighbours, as a checkpoint stores them. */
export class RunHistory {
  readonly evaluations: Evaluation[];
  readonly probes: ProbeRows[];
  /** Of a VAE: by dimension, at the last look. */
  divergence: number[] | undefined;
  /** Of the columns that the run reports. */
  private columns: Map<Column, Float32Array>;
  private room: number;
  private length: number;

  constructor(
    private readonly run: string,
    past: History | null = null,
  ) {
    this.evaluations = past ? [...past.evaluations] : [];
    this.probes = past ? [...past.probes] : [];
    this.divergence = past?.divergence;
    this.length = past ? past.steps.loss.length : 0;
    this.room = Math.max(1024, this.length);
    this.columns = new Map(
      COLUMNS.flatMap((column) => {
        const values = past?.steps[column];
        const common = COMMON.some((one) => one === column);
        return values || common ? [[column, resized(values, this.room)]] : [];
      }),
    );
  }

  add(report: StepReport): void {
    if (report.step !== this.length + 1) throw new Error(`history: step ${report.step} after step ${this.length}`);
    if (this.length === this.room) this.grow();
    for (const column of COLUMNS) {
      const value = report[column];
      if (value === undefined) continue;
      const values = this.columns.get(column) ?? resized(undefined, this.room).fill(Number.NaN, 0, this.length);
      values[this.length] = value;
      this.columns.set(column, values);
    }
    this.length++;
  }

  /** Replaces what was evaluated at the same step: an extended or resumed run evaluates its first step again. */
  evaluated(evaluation: Evaluation, probes: ProbeRows): void {
    replaceFrom(this.evaluations, evaluation);
    this.seen(probes);
  }

  seen(probes: ProbeRows): void {
    replaceFrom(this.probes, probes);
  }

  record(): History {
    const steps = [...this.columns].map(([column, values]) => [column, values.slice(0, this.length)]);
    const { run, evaluations, probes, divergence } = this;
    const history = { run, steps: Object.fromEntries(steps) as History['steps'], evaluations, probes };
    return divergence ? { ...history, divergence } : history;
  }

  private grow(): void {
    this.room *= 2;
    for (const [column, values] of this.columns) this.columns.set(column, resized(values, this.room));
  }
}

function resized(values: Float32Array | undefined, length: number): Float32Array {
  const grown = new Float32Array(length);
  if (values) grown.set(values);
  return grown;
}

function replaceFrom<T extends { step: number }>(list: T[], entry: T): void {
  while (list.length > 0 && list[list.length - 1].step >= entry.step) list.pop();
  list.push(entry);
}
