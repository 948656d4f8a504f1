import type { Evaluation, History, ProbeRows, StepReport } from '../../src/core/records';

const COLUMNS = ['loss', 'accuracy', 'learningRate', 'spread', 'imagesPerSecond'] as const;

/** The past of a run while it grows: step columns, evaluations and probe neighbours, as a checkpoint stores them. */
export class Book {
  readonly evaluations: Evaluation[];
  readonly probes: ProbeRows[];
  private columns: History['steps'];
  private length: number;

  constructor(
    private readonly run: string,
    past: History | null = null,
  ) {
    this.evaluations = past ? [...past.evaluations] : [];
    this.probes = past ? [...past.probes] : [];
    this.length = past ? past.steps.loss.length : 0;
    this.columns = resized(past?.steps ?? null, Math.max(1024, this.length));
  }

  add(report: StepReport): void {
    if (report.step !== this.length + 1) throw new Error(`book: step ${report.step} after step ${this.length}`);
    if (this.length === this.columns.loss.length) this.columns = resized(this.columns, 2 * this.length);
    for (const column of COLUMNS) this.columns[column][this.length] = report[column];
    this.length++;
  }

  /** Replaces what was judged at the same step: an extended or resumed run judges its first step again. */
  judged(evaluation: Evaluation, probes: ProbeRows): void {
    replaceFrom(this.evaluations, evaluation);
    this.seen(probes);
  }

  seen(probes: ProbeRows): void {
    replaceFrom(this.probes, probes);
  }

  get lastLoss(): number {
    return this.length > 0 ? this.columns.loss[this.length - 1] : Number.NaN;
  }

  history(): History {
    const steps = Object.fromEntries(COLUMNS.map((column) => [column, this.columns[column].slice(0, this.length)]));
    return { run: this.run, steps: steps as History['steps'], evaluations: this.evaluations, probes: this.probes };
  }
}

function resized(columns: History['steps'] | null, length: number): History['steps'] {
  const grown = COLUMNS.map((column) => {
    const values = new Float32Array(length);
    if (columns) values.set(columns[column]);
    return [column, values];
  });
  return Object.fromEntries(grown) as History['steps'];
}

function replaceFrom<T extends { step: number }>(list: T[], entry: T): void {
  while (list.length > 0 && list[list.length - 1].step >= entry.step) list.pop();
  list.push(entry);
}
