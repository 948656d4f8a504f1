import type { Fault } from '../../core/fault';
import type { DeviceFeature } from '../../core/performance';
import type { Program } from '../../graph/program';
import { Held } from '../compiled/held';
import type { Executor, OnCompiling, Values } from '../executor';
import { lostFault } from '../graphics';
import { keepsHalf, noHalf } from '../precision';
import type { MadeViews } from '../views';
import { featuresOf } from './features';
import { type Compiled, compile } from './lower/compile';
import { updatedInPlace } from './lower/in_place';
import { bufferSizes } from './memory/buffers';
import { Variables } from './memory/variables';
import { Gpu } from './run/gpu';
import { Plan, Runs } from './run/plan';
import { readPlaces } from './run/read_back';
import { Recording } from './run/recording';
import { Autotuner } from './tune/autotune';
import type { Choices } from './tune/tasks';
import { type KernelVariant, SOFTWARE, type Tuning } from './tune/tuning';

/** Programs as recorded WebGPU commands on a device that others may share. Nothing here imports TensorFlow.js. */
export function createPlanExecutor(
  device: GPUDevice,
  tuning: Tuning = SOFTWARE,
  { lost = lostFault(device), room, choices }: PlanOptions = {},
): PlanExecutor {
  return new PlanExecutor(new Gpu(device, lost, room), tuning, choices);
}

export interface PlanOptions {
  /** Resolves, with what to throw, when the device is lost, its memory has run out or it refused something. */
  lost?: Promise<Fault>;
  /** Bytes of the largest buffer, if not what the device says. */
  room?: number;
  /** Where products have several kernel variants, all are measured, unless it is known here; without this, `tuning` decides. */
  choices?: Choices;
}

export class PlanExecutor extends Held implements Executor {
  readonly kind = 'plan';
  readonly backend = 'webgpu';
  readonly threads = 1;
  readonly makesViews = true;
  private readonly variables: Variables;
  private readonly plans = new Set<Plan>();

  private readonly runs = new Runs();
  private readonly autotuner: Autotuner | null;

  constructor(
    private readonly gpu: Gpu,
    private readonly tuning: Tuning,
    private readonly choices?: Choices,
  ) {
    super();
    this.variables = new Variables(gpu);
    this.autotuner = choices ? new Autotuner(gpu, this.variables, this.tuning, choices, this.runs) : null;
  }

  write(values: Readonly<Record<string, Values>>): void {
    this.variables.write(values);
    this.notePeak();
  }

  async read(names: readonly string[]): Promise<Record<string, Values>> {
    return readPlaces(this.gpu, new Map(names.map((name) => [name, this.variables.place(name)])));
  }

  drop(names: readonly string[]): void {
    this.variables.drop(names);
  }

  fits(program: Program, views?: MadeViews): boolean {
    return Math.max(...bufferSizes(this.placed(program, views))) <= this.gpu.room;
  }

  get onCompiling(): OnCompiling | null {
    return this.gpu.onCompiling;
  }

  set onCompiling(listener: OnCompiling | null) {
    this.gpu.onCompiling = listener;
  }

  async compile(program: Program, views?: MadeViews): Promise<Plan> {
    // What does not fit is refused below, before anything is made for it.
    if (this.autotuner && this.fits(program, views)) await this.autotuner.measure(program);
    const recording = await Recording.make(this.gpu, this.variables, this.placed(program, views));
    const plan = new Plan(this.gpu, recording, this.runs);
    this.plans.add(plan);
    plan.whenDisposed = () => this.plans.delete(plan);
    this.notePeak();
    return plan;
  }

  private placed(program: Program, views?: MadeViews): Compiled {
    if (program.precision === 'half' && !keepsHalf(this.gpu.device)) throw noHalf('This graphics device does not');
    const variantOf = (key: string): KernelVariant => this.choices?.get(key) ?? this.tuning.variantOf(key);
    const compiled = compile(program, { ...this.tuning, variantOf }, views, this.gpu.room);
    return { ...compiled, commands: updatedInPlace(compiled.commands) };
  }

  bytesHeld(): number {
    const planned = [...this.plans].reduce((sum, { recording }) => sum + recording.buffers.bytes, 0);
    return this.variables.bytes() + planned;
  }

  features(): readonly DeviceFeature[] {
    return featuresOf(
      this.gpu.device,
      [...this.plans].some(({ recording }) => recording.half),
    );
  }

  dispose(): void {
    for (const plan of this.plans) plan.dispose();
    this.plans.clear();
    this.variables.drop(this.variables.names());
  }
}
