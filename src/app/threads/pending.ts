import type { Dataset } from '../../core/records';

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

/** What was asked of the threads and is not answered yet, or was asked last. */
export class Pending {
  import: RunningImport | null = null;
  /** The trainer's choice of a device. */
  device: Promise<boolean> | null = null;
  /** The run that the trainer was called for. */
  run: Promise<void> | null = null;
  /** What the last baseline was asked for, so that it is not asked for twice. */
  baseline = '';
  /** What encoders were last evaluated for. */
  evaluation = '';
  private readonly deletions = new Map<string, () => void>();

  deletion(dataset: string): Promise<void> {
    return new Promise((resolve) => this.deletions.set(dataset, resolve));
  }

  deleted(dataset: string): void {
    this.deletions.get(dataset)?.();
    this.deletions.delete(dataset);
  }
}
