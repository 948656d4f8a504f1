import { Fault, faultReport } from '../../src/core/fault';
import { largerPeak } from '../../src/core/memory';
import type { Run, RunStatus } from '../../src/core/records';
import { AS_LONG, EVALUATION_SHARE } from '../../src/core/training_cost';
import { saveCheckpoint } from '../../src/database/checkpoints';
import { saveEmbeddings } from '../../src/database/embeddings';
import { putRun } from '../../src/database/runs';
import type { OpenRun } from '../../src/learn/run';
import type { Book } from './book';
import type { Context } from './context';
import { breathe, type Control } from './control';
import { Gauge } from './gauge';
import type { Judge } from './judge';
import { Outbox } from './outbox';
import { sendReconstructions } from './reconstruct';

/** At most this much work is lost when the tab is killed; the issue of losing it is worse than the write. */
const SAVE_EVERY = 20_000;

/** One run from here to its end, a pause included: trains, checkpoints, judges, and does what the person asks. */
export class Training {
  private readonly outbox: Outbox;
  private readonly gauge: Gauge;
  private savedAt = performance.now();
  private savedStep: number;
  private readonly begunAt: number;
  private judgedAt = performance.now();
  private judgedStep = -1;
  private judgeCost = 0;
  private countedAt = performance.now();

  constructor(
    private readonly context: Context,
    private readonly control: Control,
    private readonly judge: Judge,
    private readonly book: Book,
    private readonly open: OpenRun,
    public run: Run,
  ) {
    this.outbox = new Outbox(context, run.id);
    this.gauge = new Gauge(context, open, run.id);
    this.savedStep = run.step;
    this.begunAt = open.step;
  }

  /** Resolves when the run has finished, was stopped, or failed; faults of the device are thrown on. */
  async go(): Promise<void> {
    try {
      await this.setStatus('running');
      this.context.phase('training', 'Training');
      // A recorded step is on its way in a millisecond; op by op, one that is asked for early would only be in the way.
      const recorded = this.context.executor.kind === 'plan';
      for await (const report of this.open.train(() => recorded && !this.somethingDue)) {
        this.book.add(report);
        this.outbox.add(report);
        await this.betweenSteps();
        if (this.control.stopping && this.open.settled) break;
      }
      this.outbox.flush();
      await this.close(this.control.stopping ? 'stopped' : 'finished');
    } catch (cause) {
      this.outbox.flush();
      await this.fail(cause);
    }
  }

  private get isToJudge(): boolean {
    const { step, config } = this.open;
    const wait = (AS_LONG * this.judge.embeds) / config.batch;
    if (config.steps !== null && step + wait > config.steps) return false; // The last one comes soon.
    if (this.judgedStep < 0) return step >= this.begunAt + wait;
    return performance.now() - this.judgedAt > EVALUATION_SHARE * this.judgeCost;
  }

  /** Also when an evaluation is due that may end later than that: how long the first one takes is not known. */
  private get isToSave(): boolean {
    const evaluation = this.judgedStep < 0 ? Number.POSITIVE_INFINITY : this.judgeCost;
    const wait = this.isToJudge ? evaluation : 0;
    return this.control.save || performance.now() - this.savedAt + wait > SAVE_EVERY;
  }

  /** Something waits for the run to be settled: no step is to be asked for ahead. */
  private get somethingDue(): boolean {
    const { stopping, pausing, coolDown, reconstruct } = this.control;
    return stopping || pausing || coolDown || reconstruct || this.gauge.due || this.isToJudge || this.isToSave;
  }

  private async betweenSteps(): Promise<void> {
    await breathe();
    this.gauge.afterStep();
    if (this.control.showViews && this.outbox.viewsDue)
      this.outbox.sendViews(await this.open.views(this.open.step - 1));
    await this.handlePins();
    if (!this.open.settled) return;
    if (this.gauge.due) await this.gauge.tell();
    if (this.control.coolDown) this.startCoolDown();
    if (this.control.reconstruct) await this.reconstructNow();
    if (this.isToSave) await this.saveNow();
    if (this.isToJudge) await this.judgeNow();
    if (this.control.pausing) await this.pause();
  }

  /** Checkpoint first: whoever pauses may close the tab. And again, with what was judged. */
  private async pause(): Promise<void> {
    this.outbox.flush();
    await this.saveNow();
    await this.setStatus('paused');
    await this.judgeNow();
    await this.saveNow();
    while (this.control.pausing) {
      this.context.phase('paused', `Paused at step ${this.open.step}`);
      await this.control.next();
      this.countedAt = performance.now(); // a pause is no training
      if (this.control.save) await this.saveNow();
      await this.handlePins();
      if (this.control.reconstruct) await this.reconstructNow();
    }
    this.countedAt = performance.now();
    if (this.control.stopping) return;
    await this.setStatus('running');
    this.context.phase('training', 'Training');
  }

  private async close(status: 'finished' | 'stopped'): Promise<void> {
    await this.gauge.tell();
    await this.saveNow();
    await this.judgeNow();
    await this.saveNow();
    await this.setStatus(status);
    const steps = `${this.open.step} ${this.open.step === 1 ? 'step' : 'steps'}`;
    this.context.phase('idle', status === 'finished' ? `Finished after ${steps}` : `Stopped after ${steps}`);
  }

  /** A run that diverged is over; one whose device or storage failed can be taken up again from its checkpoint. */
  private async fail(cause: unknown): Promise<void> {
    const over = cause instanceof Fault && cause.kind === 'diverged';
    const { message } = faultReport(cause);
    this.run = { ...this.run, step: this.savedStep };
    await this.setStatus(over ? 'failed' : 'paused', message);
    this.context.phase('idle', over ? `Failed at step ${this.open.step}` : `Interrupted at step ${this.open.step}`);
    throw cause;
  }

  private async judgeNow(): Promise<void> {
    if (this.judgedStep === this.open.step) return;
    const began = performance.now();
    this.count();
    this.outbox.flush();
    const { step } = this.open;
    const { evaluation, probes, table } = await this.judge.look(this.open, step, async (done, of) => {
      this.context.phase(
        'embedding',
        `Embedding ${done.toLocaleString('en')} of ${of.toLocaleString('en')} pictures`,
        done / of,
      );
      await breathe();
      if (this.control.save) await this.saveNow();
    });
    this.book.judged(evaluation, probes);
    await saveEmbeddings(this.context.db, {
      ...table,
      run: this.run.id,
      about: `this run at step ${step.toLocaleString('en')}`,
    });
    const { dataset, id } = this.run;
    this.context.page.send({ type: 'evaluation', dataset, run: id, evaluation });
    this.context.page.send({ type: 'probes', run: id, probes });
    this.context.page.send({ type: 'embedded', dataset, run: id, step });
    await this.reconstructNow();
    this.context.phase(
      this.control.pausing ? 'paused' : 'training',
      this.control.pausing ? `Paused at step ${step}` : 'Training',
    );
    this.judgedStep = step;
    this.judgedAt = performance.now();
    this.judgeCost = this.judgedAt - began;
    this.countedAt = this.judgedAt;
  }

  private async saveNow(): Promise<void> {
    this.count();
    this.control.save = false;
    const state = await this.open.state();
    const savedAt = Date.now();
    const history = this.book.history();
    await saveCheckpoint(this.context.db, { run: this.run.id, ...state, seconds: this.run.seconds, savedAt, history });
    this.run = { ...this.run, step: state.step };
    this.savedStep = state.step;
    this.savedAt = performance.now();
    this.context.page.send({ type: 'saved', run: this.run.id, step: state.step, at: savedAt });
  }

  private async handlePins(): Promise<void> {
    const { pins } = this.control;
    if (!pins) return;
    this.control.pins = null;
    this.judge.pin(pins);
    const probes = this.judge.latest && this.judge.probesBy(this.judge.latest);
    if (!probes) return;
    this.book.seen(probes);
    this.context.page.send({ type: 'probes', run: this.run.id, probes });
  }

  /** Does nothing where the method gives no pictures back. */
  private async reconstructNow(): Promise<void> {
    this.control.reconstruct = false;
    const made = await this.open.reconstruct(this.judge.probes, this.control.wish);
    if (made?.latent) this.book.divergence = [...made.latent.divergence];
    if (made) sendReconstructions(this.context, this.run.id, { step: this.open.step, ...made });
  }

  private startCoolDown(): void {
    this.control.coolDown = false;
    this.open.coolDown();
  }

  /** Adds the time since the last count to the run's training seconds. */
  private count(): void {
    const now = performance.now();
    this.run = { ...this.run, seconds: this.run.seconds + (now - this.countedAt) / 1000 };
    this.countedAt = now;
  }

  private async setStatus(status: RunStatus, reason?: string): Promise<void> {
    const memory = largerPeak(this.run.memory, this.context.executor.peakMemory());
    this.run = { ...this.run, status, config: this.open.config, memory, reason };
    await putRun(this.context.db, this.run);
    this.context.page.send({ type: 'run', run: this.run });
  }
}
