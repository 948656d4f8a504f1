import type { StepReports } from '../../app/store/stepReports';

/** Seconds of training behind the steps kept, counted on as they come: what measuring and saving took is left out. */
export class TrainedSeconds {
  private seconds = 0;
  private upTo = 0;
  private rewritten = -1;

  constructor(private readonly stepReports: Pick<StepReports, 'at' | 'first' | 'last' | 'rewritten'>) {}

  /** @param batch pictures a step */
  read(batch: number): number {
    const { first, last, rewritten } = this.stepReports;
    if (rewritten !== this.rewritten) {
      this.rewritten = rewritten;
      this.seconds = 0;
      this.upTo = first - 1;
    }
    for (; this.upTo < last; this.upTo++) {
      const rate = this.stepReports.at('imagesPerSecond', this.upTo + 1);
      if (rate > 0) this.seconds += batch / rate;
    }
    return this.seconds;
  }
}
