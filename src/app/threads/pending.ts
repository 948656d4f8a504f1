import { Fault, type FaultReport } from '../../core/fault';
import type { Dataset } from '../../core/records';
import type { Replay } from '../../core/replay';

interface Promised<T> {
  resolve(value: T): void;
  reject(cause: Fault): void;
}

export interface RunningImport {
  /** Its data set is known. */
  opened: boolean;
  /** The data set that was on the page when this one's took its place. */
  before: string | null;
  /** Its data set as it was then. */
  was: Dataset | null;
  cancelled: boolean;
  ended(): void;
}

type Files = Record<string, Uint8Array>;

/** What was asked of the threads and is not answered yet. */
export class Pending {
  import: RunningImport | null = null;
  /** What the last baseline was asked for, so that it is not asked for twice. */
  baseline = '';
  /** What encoders were last measured for. */
  evaluation = '';
  /** The trainer reported a fault since it last made a step: if it rests next, the run did not come about. */
  refused = false;
  /** The trainer rests although the run on the page has not ended: the fault that says why follows. */
  interrupted = false;
  private readonly deletions = new Map<string, () => void>();
  private readonly exports = new Map<string, Promised<Files>[]>();
  private readonly replays = new Map<string, Promised<Replay>[]>();

  deletion(dataset: string): Promise<void> {
    return new Promise((resolve) => this.deletions.set(dataset, resolve));
  }

  deleted(dataset: string): void {
    this.deletions.get(dataset)?.();
    this.deletions.delete(dataset);
  }

  export(run: string): Promise<Files> {
    return wait(this.exports, run);
  }

  exported(run: string, files: Files): void {
    settle(this.exports, run, files);
  }

  replay(name: string): Promise<Replay> {
    return wait(this.replays, name);
  }

  replayed(replay: Replay): void {
    settle(this.replays, replay.name, replay);
  }

  /** The trainer failed: whoever waits for it hears why. Returns whether anybody did. */
  failTrainer({ kind, message, advice }: FaultReport): boolean {
    const waiting = [...this.exports.values(), ...this.replays.values()].flat();
    this.exports.clear();
    this.replays.clear();
    for (const { reject } of waiting) reject(new Fault(kind === 'bug' ? 'device' : kind, message, advice));
    return waiting.length > 0;
  }
}

function wait<T>(map: Map<string, Promised<T>[]>, key: string): Promise<T> {
  return new Promise((resolve, reject) => map.set(key, [...(map.get(key) ?? []), { resolve, reject }]));
}

function settle<T>(map: Map<string, Promised<T>[]>, key: string, value: T): void {
  for (const { resolve } of map.get(key) ?? []) resolve(value);
  map.delete(key);
}
