import * as tf from '@tensorflow/tfjs-core';
import type { PeakMemory } from '../../core/memory';
import { type Program, programRoots, topological } from '../../graph/program';
import { elements, type Shape, type Tensor } from '../../graph/tensor';
import { checkFed, checkVariable } from '../checks';
import type { Executable, Executor, Feeds, OnCompiling, Values } from '../executor';
import { noHalf } from '../precision';
import { type Step, schedule } from '../schedule';
import { type Backend, openBackend, type TensorflowBackend } from './backends/open';
import { Evaluation, type Leaf } from './evaluate';
import { Jobs } from './jobs';
import { sharing } from './sharing';

/**
 * The reference executor: walks the graph with TensorFlow.js ops on one backend.
 * @throws Fault('device') when this machine or browser does not offer the backend.
 */
export async function createTensorflowExecutor(backend: TensorflowBackend): Promise<Executor> {
  return new TensorflowExecutor(await openBackend(backend));
}

type Host = Float32Array | Int32Array;
type Constants = Map<Tensor, tf.Tensor>;

interface Compiled {
  program: Program;
  steps: readonly Step[];
  /** Nodes without inputs. */
  leaves: readonly Tensor[];
  constants: Constants;
}

const upload = (data: Host, shape: Shape): tf.Tensor =>
  tf.tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32');

/** A copy: TensorFlow.js may hand out the very array it computes with. Never the blocking read. */
const download = async (tensor: tf.Tensor): Promise<Host> => ((await tensor.data()) as Host).slice();

class TensorflowExecutor implements Executor {
  readonly kind = 'tensorflow';
  readonly threads = 1;
  readonly makesViews = false;
  onCompiling: OnCompiling | null = null;
  readonly backend: TensorflowBackend;
  /** Every change makes new tensors and none is written in place: a failed run has nothing to undo. */
  private readonly variables = new Map<string, tf.Tensor>();
  /** Constants of each program that is compiled and not disposed of. */
  private readonly fixed = new Set<Constants>();
  private readonly jobs: Jobs;
  private peak = 0;

  constructor({ name, lost }: Backend) {
    this.backend = name;
    this.jobs = new Jobs(name, lost);
  }

  features(): [] {
    return [];
  }

  fits(): boolean {
    return true;
  }

  write(values: Readonly<Record<string, Values>>): void {
    const copies = Object.entries(values).map(([name, { shape, data }]) => {
      if (data.length !== elements(shape)) throw new Error(`${name}: ${data.length} values for shape [${shape}]`);
      return { name, shape, data: data.slice() };
    });
    this.jobs.runUnwatched(() => {
      for (const { name, shape, data } of copies) this.keep(name, upload(data, shape));
    });
  }

  async read(names: readonly string[]): Promise<Record<string, Values>> {
    const handles = await this.jobs.run(() => names.map((name) => this.variable(name)).map((kept) => sharing(kept)));
    try {
      const data = await this.jobs.orLost(Promise.all(handles.map(download)));
      return Object.fromEntries(names.map((name, i) => [name, { shape: handles[i].shape, data: data[i] }]));
    } finally {
      tf.dispose(handles);
    }
  }

  drop(names: readonly string[]): void {
    this.jobs.runUnwatched(() => {
      for (const name of names) {
        this.variables.get(name)?.dispose();
        this.variables.delete(name);
      }
    });
  }

  async compile(program: Program): Promise<Executable> {
    if (program.precision === 'half') throw noHalf('TensorFlow.js does not');
    const steps = schedule(program);
    const leaves = topological(programRoots(program)).filter(({ inputs }) => inputs.length === 0);
    const constants: Constants = new Map();
    await this.jobs.run(() => {
      for (const node of leaves)
        if (node.kind === 'constant') constants.set(node, upload(node.attributes.values, node.shape));
      this.fixed.add(constants);
    });
    const run = (feeds: Feeds) => this.runOnce({ program, steps, leaves, constants }, feeds);
    return {
      report: null,
      run,
      profile: async (feeds) => ({ outputs: await run(feeds), kernels: null }),
      dispose: () => this.jobs.runUnwatched(() => this.forget(constants)),
    };
  }

  bytesHeld(): number {
    const held = [this.variables, ...this.fixed].flatMap((tensors) => [...tensors.values()]);
    // Both dtypes have four bytes an element.
    return held.reduce((sum, { size }) => sum + 4 * size, 0);
  }

  peakMemory(): PeakMemory {
    return { bytes: this.peak, how: 'sampled' };
  }

  forgetPeak(): void {
    this.peak = this.bytesHeld();
  }

  dispose(): void {
    this.jobs.runUnwatched(() => {
      for (const constants of this.fixed) this.forget(constants);
      tf.dispose([...this.variables.values()]);
      this.variables.clear();
    });
  }

  /** While a step runs, TensorFlow.js holds what this executor does: variables, constants, feeds, and all that is not freed yet. */
  private readonly notePeak = (): void => {
    this.peak = Math.max(this.peak, tf.memory().numBytes);
  };

  private forget(constants: Constants): void {
    tf.dispose([...constants.values()]);
    constants.clear();
    this.fixed.delete(constants);
  }

  private async runOnce(compiled: Compiled, feeds: Feeds): Promise<Record<string, Float32Array>> {
    const outputs = await this.jobs.run(() => this.compute(compiled, feeds));
    const handles = Object.values(outputs);
    try {
      const data = await this.jobs.orLost(Promise.all(handles.map(download)));
      return Object.fromEntries(Object.keys(outputs).map((name, i) => [name, data[i] as Float32Array]));
    } finally {
      tf.dispose(handles);
    }
  }

  /** Computes everything, then commits all updates together. Gives the outputs. */
  private compute(compiled: Compiled, feeds: Feeds): Record<string, tf.Tensor> {
    const { program, steps, leaves } = compiled;
    const values = new Map<Tensor, Leaf>();
    const evaluation = new Evaluation(values);
    const handles: tf.Tensor[] = [];
    const handle = (node: Tensor): tf.Tensor => {
      handles.push(evaluation.value(node));
      return handles[handles.length - 1];
    };
    try {
      for (const leaf of leaves) values.set(leaf, this.leaf(compiled, leaf, feeds));
      evaluation.run(steps, this.notePeak);
      const updates = Object.entries(program.updates).map(([name, node]) => [name, handle(node)] as const);
      const outputs = Object.entries(program.outputs).map(([name, node]) => [name, handle(node)] as const);
      for (const [name, value] of updates) this.keep(name, value);
      return Object.fromEntries(outputs);
    } catch (cause) {
      tf.dispose(handles);
      throw cause;
    } finally {
      evaluation.dispose();
      for (const [{ kind }, value] of values) if (kind === 'input' && typeof value !== 'number') value.dispose();
    }
  }

  private leaf({ program, constants }: Compiled, leaf: Tensor, feeds: Feeds): Leaf {
    if (leaf.kind === 'constant') {
      const value = constants.get(leaf);
      if (!value) throw new Error(`${program.name}: run after it was disposed of`);
      return value;
    }
    const { name } = leaf.attributes as { name: string };
    if (leaf.kind === 'variable') {
      const value = this.variable(name);
      checkVariable(program.name, name, value as Pick<Tensor, 'shape' | 'dtype'>, leaf);
      return value;
    }
    const fed = feeds[name];
    checkFed(program.name, name, leaf.kind === 'scalar' ? null : { shape: leaf.shape, type: leaf.dtype }, fed);
    return typeof fed === 'number' ? fed : upload(fed as Host, leaf.shape);
  }

  private variable(name: string): tf.Tensor {
    const value = this.variables.get(name);
    if (!value) throw new Error(`there is no variable '${name}'`);
    return value;
  }

  private keep(name: string, value: tf.Tensor): void {
    this.variables.get(name)?.dispose();
    this.variables.set(name, value);
  }
}
