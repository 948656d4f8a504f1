import { count } from '../../src/core/amounts';
import { Fault, faultReport } from '../../src/core/fault';
import { largerPeak } from '../../src/core/memory';
import type { Run, RunStatus } from '../../src/core/records';
import { AS_LONG, EVALUATION_SHARE } from '../../src/core/training_cost';
import { saveCheckpoint } from '../../src/database/checkpoints';
import { putRun } from '../../src/database/runs';
import type { OpenRun } from '../../src/learn/run';
import type { Context } from './context';
import type { Control } from './control';
import type { RunEvaluator } from './evaluate';
import type { RunHistory } from './history';
import { Outbox } from './outbox';
import { sendReconstructions } from './reconstruct';
import { StepCosts } from './step_costs';

/** At most this much work is lost when the tab is killed; the issue of losing it is worse than the write. */
const SAVE_EVERY = 20_000;

/** One run from here to its end, a pause included: trains, checkpoints, evaluates, and does what the user asks. */
export class Training {
  private readonly outbox: Outbox;
  private readonly costs: StepCosts;
  private savedAt = performance.now();
  private savedStep: number;
  /** Where the run was evaluated last at an earlier visit, else 0: what was due and cut off is made up for. */
  private readonly knownAt: number;
  private evaluatedAt = performance.now();
  private evaluatedStep = -1;
  private evaluationCost = 0;
  private countedAt = performance.now();

  constructor(
    private readonly context: Context,
    private readonly control: Control,
    private readonly evaluator: RunEvaluator,
    private readonly history: RunHistory,
    private readonly open: OpenRun,
    public run: Run,
  ) {
    this.outbox = new Outbox(context, run.id);
    this.costs = new StepCosts(context, open, run.id);
    this.savedStep = run.step;
    this.knownAt = history.evaluations.at(-1)?.step ?? 0;
  }

  /** Resolves when the run has finished, was stopped, or failed; faults of the device are thrown on. */
  async go(): Promise<void> {
    try {
      await this.setStatus('running');
      this.context.phase('training', 'Training');
      // A graphics device works on what is asked of it ahead; on a processor, one step more would only be in the way.
      const recorded = this.context.executor.backend === 'webgpu';
      for await (const report of this.open.train(() => recorded && !this.somethingDue)) {
        this.history.add(report);
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

  private get isToEvaluate(): boolean {
    const { step, config } = this.open;
    const wait = (AS_LONG * this.evaluator.embeds) / config.batch;
    if (config.steps !== null && step + wait > config.steps) return false; // The last one comes soon.
    if (this.evaluatedStep < 0) return step >= this.knownAt + wait;
    return performance.now() - this.evaluatedAt > EVALUATION_SHARE * this.evaluationCost;
  }

  /** Also when an evaluation is due that may end later than that: how long the first one takes is not known. */
  private get isToSave(): boolean {
    const evaluation = this.evaluatedStep < 0 ? Number.POSITIVE_INFINITY : this.evaluationCost;
    const wait = this.isToEvaluate ? evaluation : 0;
    return this.control.save || performance.now() - this.savedAt + wait > SAVE_EVERY;
  }

  /** Something waits for the run to be settled: no step is to be asked for ahead. */
  private get somethingDue(): boolean {
    const { stopping, pausing, coolDown, reconstructing } = this.control;
    return stopping || pausing || coolDown || reconstructing || this.costs.due || this.isToEvaluate || this.isToSave;
  }

  private async betweenSteps(): Promise<void> {
    await this.context.giveWay();
    this.costs.afterStep();
    if (this.control.showViews && this.outbox.viewsDue)
      this.outbox.sendViews(await this.open.views(this.open.step - 1));
    await this.handlePins();
    if (!this.open.settled) return;
    if (this.costs.due) this.costs.tell();
    if (this.control.coolDown) this.startCoolDown();
    if (this.control.reconstructing) await this.reconstructNow();
    if (this.isToSave) await this.saveNow();
    if (this.isToEvaluate) await this.evaluateNow();
    if (this.control.pausing) await this.pause();
  }

  /** Checkpoint first: whoever pauses may close the tab. And again, with what was evaluated. */
  private async pause(): Promise<void> {
    this.outbox.flush();
    await this.saveNow();
    await this.setStatus('paused');
    await this.evaluateNow();
    await this.saveNow();
    while (this.control.pausing) {
      this.context.phase('paused', `Paused at step ${this.open.step}`);
      await this.control.next();
      this.countedAt = performance.now(); // a pause is no training
      if (this.control.save) await this.saveNow();
      await this.handlePins();
      if (this.control.reconstructing) await this.reconstructNow();
    }
    this.countedAt = performance.now();
    if (this.control.stopping) return;
    await this.setStatus('running');
    this.context.phase('training', 'Training');
  }

  private async close(status: 'finished' | 'stopped'): Promise<void> {
    this.costs.tell();
    await this.saveNow();
    await this.evaluateNow(true);
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

  /** Given up as soon as something else is wanted of the run; the last one only where the user skips it. */
  private async evaluateNow(last = false): Promise<void> {
    if (this.evaluatedStep === this.open.step) return;
    const signal = this.control.beginEvaluation(last);
    const began = performance.now();
    try {
      await this.evaluateAll(signal);
      this.evaluatedStep = this.open.step;
    } catch (cause) {
      if (!signal.aborted) throw cause;
    }
    const paused = this.control.pausing;
    this.context.phase(paused ? 'paused' : 'training', paused ? `Paused at step ${this.open.step}` : 'Training');
    this.evaluatedAt = performance.now();
    this.evaluationCost = this.evaluatedAt - began;
    this.countedAt = this.evaluatedAt;
  }

  private async evaluateAll(signal: AbortSignal): Promise<void> {
    this.count();
    this.outbox.flush();
    const { step } = this.open;
    const { dataset, id } = this.run;
    const told = async (done: number, of: number): Promise<void> => {
      this.context.phase('embedding', `Evaluating: ${count(done)} of ${count(of)} views`, done / of);
      await this.context.giveWay();
      signal.throwIfAborted();
      if (this.control.save) await this.saveNow();
    };
    const { evaluation, probes } = await this.evaluator.evaluate(this.open, { run: id, step }, told, () =>
      this.context.page.send({ type: 'embedded', dataset, run: id, step }),
    );
    this.history.evaluated(evaluation, probes);
    this.context.page.send({ type: 'evaluation', dataset, run: id, evaluation });
    this.context.page.send({ type: 'probes', run: id, probes });
    await this.reconstructNow();
  }

  private async saveNow(): Promise<void> {
    this.count();
    this.control.save = false;
    const state = await this.open.state();
    const savedAt = Date.now();
    const history = this.history.record();
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
    this.evaluator.pin(pins);
    const { latest } = this.evaluator;
    const probes = latest && this.evaluator.nearest(latest.step, latest.rows);
    if (!probes) return;
    this.history.seen(probes);
    this.context.page.send({ type: 'probes', run: this.run.id, probes });
  }

  /** Does nothing where the method gives no pictures back. */
  private async reconstructNow(): Promise<void> {
    const made = await this.open.reconstruct(this.evaluator.probes, this.control.walk);
    if (made?.latent) this.history.divergence = [...made.latent.divergence];
    if (made) sendReconstructions(this.context, this.run.id, { step: this.open.step, ...made });
    this.control.reconstructed();
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
    this.run = await putRun(this.context.db, this.run);
    this.context.page.send({ type: 'run', run: this.run });
  }
}
