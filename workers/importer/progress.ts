import type { ImportNews, ImportProgress } from '../../src/protocol/importing';

const INTERVAL_MILLISECONDS = 200;
/** The rate is that of the last seconds, so that the time left follows a change of the pictures' size. */
const WINDOW_MILLISECONDS = 3000;

/** Says how far an import is, at most five times a second, and the last state always. */
export class Progress {
  private handled = 0;
  private readonly marks: { at: number; handled: number }[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tell: (news: ImportNews) => void,
    private readonly state: () => Omit<ImportProgress, 'rate'>,
  ) {
    this.mark();
  }

  /** Files were dealt with, or the state changed otherwise. */
  note(files: number): void {
    this.handled += files;
    this.timer ??= setTimeout(() => this.flush(), INTERVAL_MILLISECONDS);
  }

  /** Says the state now. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.mark();
    const [first] = this.marks;
    const seconds = (performance.now() - first.at) / 1000;
    const rate = seconds > 0 ? (this.handled - first.handled) / seconds : 0;
    this.tell({ progress: { ...this.state(), rate } });
  }

  private mark(): void {
    const now = performance.now();
    this.marks.push({ at: now, handled: this.handled });
    while (this.marks.length > 2 && this.marks[1].at < now - WINDOW_MILLISECONDS) this.marks.shift();
  }
}
