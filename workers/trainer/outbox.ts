import type { StepReport } from '../../src/core/records';
import type { Views } from '../../src/protocol/training';
import type { Context } from './context';

/** Milliseconds between messages about steps: the page draws no faster than it can show. */
const STEPS_EVERY = 60;
const VIEWS_EVERY = 400;

/** Collects step reports into at most about 16 messages a second, in order, none left out. */
export class Outbox {
  private waiting: StepReport[] = [];
  private sentAt = 0;
  private viewsAt = 0;

  constructor(
    private readonly context: Context,
    private readonly run: string,
  ) {}

  add(report: StepReport): void {
    this.waiting.push(report);
    if (performance.now() - this.sentAt >= STEPS_EVERY) this.flush();
  }

  flush(): void {
    if (this.waiting.length === 0) return;
    this.context.page.send({ type: 'steps', run: this.run, reports: this.waiting });
    this.waiting = [];
    this.sentAt = performance.now();
  }

  /** Whether the page could show new views now. */
  get viewsDue(): boolean {
    return performance.now() - this.viewsAt >= VIEWS_EVERY;
  }

  sendViews(views: Views): void {
    this.viewsAt = performance.now();
    this.context.page.send({ type: 'views', views }, [views.query.buffer, views.key.buffer]);
  }
}
