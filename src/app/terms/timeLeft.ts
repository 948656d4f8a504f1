import { duration } from '../../core/amounts';
import { aboutSeconds } from '../../core/training_cost';

/** Milliseconds of a task before its pace is trusted. */
const ENOUGH = 5000;
/** An estimate that exceeds what was told by this much replaces it; one that exceeds it by less is taken for noise. */
const SLOWER = 1.5;

/** How long a task still takes: told so that it falls, unless the task slows down much. */
export class TimeLeft {
  private marks: { at: number; share: number }[] = [];
  private begun = 0;
  private told = Number.POSITIVE_INFINITY;

  /** What is told of an estimate, both in seconds. */
  tell(estimate: number): number {
    if (estimate < this.told || estimate > SLOWER * this.told + 5) this.told = estimate;
    return this.told;
  }

  /**
   * What is told by the task's pace over the later half of its time.
   * @param share of the task that is done, 0 to 1; one that falls begins anew
   * @param now in milliseconds
   * @returns seconds, or null while the pace is not known
   */
  next(share: number, now: number): number | null {
    const last = this.marks.at(-1);
    if (!last || share < last.share) {
      this.marks = [];
      this.begun = now;
      this.told = Number.POSITIVE_INFINITY;
    }
    this.marks.push({ at: now, share });
    const half = (this.begun + now) / 2;
    while (this.marks.length > 2 && this.marks[1].at <= half) this.marks.shift();
    const [from] = this.marks;
    if (now - this.begun < ENOUGH || share <= from.share) return null;
    return this.tell((((now - from.at) / (share - from.share)) * (1 - share)) / 1000);
  }
}

/** 'about 2 min left' */
export const leftWords = (seconds: number): string =>
  seconds < 5 ? 'nearly done' : `about ${duration(aboutSeconds(seconds))} left`;
