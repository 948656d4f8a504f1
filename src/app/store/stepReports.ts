import { COLUMNS, COMMON, type Column, DIAGNOSTICS } from '../../core/columns';
import type { History, StepReport } from '../../core/records';

/** Steps kept: ten columns of them are 10 MB. The oldest give way. */
const CAPACITY = 2 ** 18;

/**
 * The step reports of one run as typed columns, a ring that grows up to its capacity. Charts read it once a frame and
 * tell by `version` whether anything changed; `subscribe` is for whoever wants to be told (and must be quick).
 */
export class StepReports {
  /** Rises with every change. */
  version = 0;
  /** Rises when steps that were there have changed: another run, or one taken up from an older checkpoint. */
  rewritten = 0;
  /** Number of the oldest step kept, counting from 1. */
  first = 1;
  /** Steps kept: numbers first .. first + length - 1. */
  length = 0;
  private room = 1024;
  private columns = this.fresh(this.room);
  private readonly listeners = new Set<() => void>();

  constructor(private readonly capacity = CAPACITY) {
    this.room = Math.min(this.room, capacity);
  }

  /** Number of the newest step, 0 before the first. */
  get last(): number {
    return this.first + this.length - 1;
  }

  /** Value of a column at step number `step`; NaN outside first .. last, and where the method does not report it. */
  at(column: Column, step: number): number {
    if (step < this.first || step > this.last) return Number.NaN;
    return this.columns[column][step % this.room];
  }

  latest(): StepReport | null {
    if (this.length === 0) return null;
    const step = this.last;
    const [loss, learningRate, imagesPerSecond] = COMMON.map((column) => this.at(column, step));
    const reported = DIAGNOSTICS.map((name) => [name, this.at(name, step)] as const).filter(
      ([, value]) => !Number.isNaN(value),
    );
    return { step, loss, learningRate, imagesPerSecond, ...Object.fromEntries(reported) };
  }

  /** Adds reports in order. A step that is there already (a run taken up from an older checkpoint) replaces what follows it. */
  append(reports: readonly StepReport[]): void {
    for (const report of reports) {
      if (this.length === 0) this.first = report.step;
      if (report.step <= this.last) this.cutTo(Math.max(0, report.step - this.first));
      if (report.step !== this.last + 1) this.restartAt(report.step);
      this.makeRoom();
      for (const column of COLUMNS) this.columns[column][report.step % this.room] = report[column] ?? Number.NaN;
      this.length++;
    }
    this.changed();
  }

  /** Replaces everything by a run's past: entry i of each column is step i + 1. */
  load(steps: History['steps']): void {
    this.restartAt(1);
    const { length } = steps.loss;
    while (this.room <= length && this.room < this.capacity) this.room = Math.min(this.capacity, 2 * this.room);
    this.columns = this.fresh(this.room);
    // Of a past longer than the ring, its newest steps.
    this.first = Math.max(1, length - this.room + 1);
    this.length = length - this.first + 1;
    for (const column of COLUMNS)
      for (let step = this.first; step <= length; step++)
        this.columns[column][step % this.room] = steps[column]?.[step - 1] ?? Number.NaN;
    this.changed();
  }

  clear(): void {
    this.restartAt(1);
    this.changed();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private restartAt(step: number): void {
    this.first = step;
    this.cutTo(0);
  }

  private cutTo(length: number): void {
    this.length = length;
    this.rewritten++;
  }

  /** Leaves a free place after the newest step: by growing, else by dropping the oldest. */
  private makeRoom(): void {
    if (this.length < this.room) return;
    if (this.room === this.capacity) {
      this.first++;
      this.length--;
      return;
    }
    const room = Math.min(this.capacity, this.room * 2);
    const columns = this.fresh(room);
    for (let step = this.first; step <= this.last; step++)
      for (const column of COLUMNS) columns[column][step % room] = this.columns[column][step % this.room];
    this.room = room;
    this.columns = columns;
  }

  private fresh(room: number): Record<Column, Float32Array> {
    return Object.fromEntries(COLUMNS.map((column) => [column, new Float32Array(room)])) as Record<
      Column,
      Float32Array
    >;
  }

  private changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}
