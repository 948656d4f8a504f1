import type { Program as Graph } from '../../graph/program';
import { Held } from '../compiled/held';
import type { Executor, OnCompiling, Values } from '../executor';
import { noHalf } from '../precision';
import { type Compiled, compile } from './lower/compile';
import { type Placing, placed } from './memory/placing';
import { Variables } from './memory/variables';
import { Machine } from './run/machine';
import { type Arena, Program } from './run/program';

/** Programs as fixed lists of WebAssembly kernels over one memory, on so many threads where memory can be shared. */
export async function createProcessorExecutor(threads = navigator.hardwareConcurrency): Promise<ProcessorExecutor> {
  return new ProcessorExecutor(await Machine.start(threads));
}

export class ProcessorExecutor extends Held implements Executor {
  readonly kind = 'plan';
  readonly backend = 'wasm';
  readonly makesViews = false;
  onCompiling: OnCompiling | null = null;
  private readonly variables: Variables;
  private readonly programs = new Set<Program>();
  private readonly arena: Arena & { bytes: number } = { address: 0, bytes: 0, version: 0 };

  constructor(private readonly machine: Machine) {
    super();
    this.variables = new Variables(machine);
  }

  get threads(): number {
    return this.machine.threads;
  }

  write(values: Readonly<Record<string, Values>>): void {
    this.variables.write(values);
    this.notePeak();
  }

  async read(names: readonly string[]): Promise<Record<string, Values>> {
    return Object.fromEntries(names.map((name) => [name, this.variables.read(name)]));
  }

  drop(names: readonly string[]): void {
    this.variables.drop(names);
  }

  features(): [] {
    return [];
  }

  fits(graph: Graph): boolean {
    const { placing } = this.compiled(graph);
    return placing.bytes <= this.arena.bytes || this.machine.heap.fits(placing.bytes);
  }

  async compile(graph: Graph): Promise<Program> {
    if (graph.precision === 'half') throw noHalf('Processors do not');
    const { compiled, placing } = this.compiled(graph);
    this.reserve(placing.bytes);
    const program = new Program(this.machine, this.variables, this.arena, compiled, placing);
    this.programs.add(program);
    program.whenDisposed = () => {
      this.programs.delete(program);
      this.reserve(0);
    };
    this.notePeak();
    return program;
  }

  bytesHeld(): number {
    const own = [...this.programs].reduce((sum, { bytes }) => sum + bytes, 0);
    return this.variables.bytes() + own + this.arena.bytes;
  }

  dispose(): void {
    this.machine.dispose();
  }

  private compiled(graph: Graph): { compiled: Compiled; placing: Placing } {
    const compiled = compile(graph, this.machine.threads, this.machine.zeros);
    return { compiled, placing: placed(compiled.commands, [...compiled.outputs.values()]) };
  }

  /** Has the arena hold so much, and what every program needs. */
  private reserve(bytes: number): void {
    const needed = Math.max(bytes, ...[...this.programs].map(({ placing }) => placing.bytes));
    if (needed === this.arena.bytes) return;
    if (this.arena.bytes > 0) this.machine.heap.release(this.arena.address, this.arena.bytes);
    this.arena.bytes = 0;
    this.arena.version++;
    try {
      this.arena.address = needed > 0 ? this.machine.heap.allocate(needed) : 0;
      this.arena.bytes = needed;
    } catch (cause) {
      if (bytes > 0) this.reserve(0);
      throw cause;
    }
  }
}
