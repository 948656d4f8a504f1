import { checkFeeds, checkVariables } from '../../compiled/program';
import type { Slot } from '../../compiled/slot';
import type { Executable, Feeds, KernelTime, RunReport } from '../../executor';
import { type Command, touchedBy } from '../lower/command';
import type { Compiled } from '../lower/compile';
import type { Placing } from '../memory/placing';
import type { Variables } from '../memory/variables';
import { encoded, tasksOf } from './encoding';
import type { Machine } from './machine';

/** The range that the pooled slots of all programs share: only one runs at a time. */
export interface Arena {
  address: number;
  /** Grows when the range is another one. */
  version: number;
}

/** A compiled program in the memory: what it is fed, its constants and its commands have a range of their own. */
export class Program implements Executable {
  private readonly offsets = new Map<Slot, number>();
  private readonly listsAt: number;
  private readonly commandsAt: number;
  readonly bytes: number;
  private readonly address: number;
  private readonly lengths: readonly number[];
  private linked = '';
  private disposed = false;
  /** Its executor forgets it then. */
  whenDisposed: () => void = () => undefined;

  /** @throws NoRoom where the memory has none. */
  constructor(
    private readonly machine: Machine,
    private readonly variables: Variables,
    private readonly arena: Arena,
    private readonly compiled: Compiled,
    readonly placing: Placing,
  ) {
    let end = 0;
    const place = (slot: Slot) => {
      this.offsets.set(slot, end);
      end += slot.bytes;
    };
    for (const slot of compiled.scalars.values()) place(slot);
    for (const { slot } of compiled.inputs.values()) place(slot);
    for (const { slot } of compiled.constants) place(slot);
    // Lengths do not depend on addresses.
    const { words, lists, lengths } = encoded(compiled.commands, machine.kernels, () => 0, 0);
    this.lengths = lengths;
    this.listsAt = end;
    this.commandsAt = end + 4 * lists.length;
    this.bytes = Math.ceil((this.commandsAt + 4 * words.length) / 64) * 64;
    this.address = machine.heap.allocate(this.bytes);
    for (const { slot, values } of compiled.constants) {
      const dtype = values instanceof Int32Array ? 'int32' : 'float32';
      machine.values(this.addressOf(slot), values.length, dtype).set(values);
    }
  }

  async run(feeds: Feeds): Promise<Record<string, Float32Array>> {
    this.feed(feeds);
    this.machine.execute(this.address + this.commandsAt, this.lengths.length);
    return this.results();
  }

  get report(): RunReport {
    const { commands } = this.compiled;
    const flops = commands.reduce((sum, command) => sum + flopsOf(command), 0);
    const bytes = commands.reduce((sum, command) => sum + bytesOf(command), 0);
    return { dispatches: commands.length, submits: 0, bytes, flops };
  }

  async profile(feeds: Feeds): ReturnType<Executable['profile']> {
    this.feed(feeds);
    const times = new Map<string, Required<KernelTime>>();
    let at = this.address + this.commandsAt;
    this.compiled.commands.forEach((command, i) => {
      const begin = performance.now();
      this.machine.execute(at, 1);
      const { label } = command;
      const time = times.get(label) ?? { label, launches: 0, milliseconds: 0, flops: 0, bytes: 0, alone: 0 };
      const milliseconds = performance.now() - begin;
      time.milliseconds += milliseconds;
      if (this.machine.threads > 1 && tasksOf(command) === 1) time.alone += milliseconds;
      time.launches++;
      time.flops += flopsOf(command);
      time.bytes += bytesOf(command);
      times.set(label, time);
      at += 4 * this.lengths[i];
    });
    return { outputs: this.results(), kernels: [...times.values()] };
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.machine.heap.release(this.address, this.bytes);
    this.whenDisposed();
  }

  /** Checks everything before anything is written, so that a run that fails leaves the variables as they were. */
  private feed(feeds: Feeds): void {
    const { name: program, inputs, scalars } = this.compiled;
    if (this.disposed) throw new Error(`${program}: run after it was disposed of`);
    checkFeeds(this.compiled, scalars.keys(), feeds);
    this.link();
    for (const [name, slot] of scalars)
      this.machine.values(this.addressOf(slot), 1, 'float32')[0] = feeds[name] as number;
    for (const [name, { slot }] of inputs) this.view(slot).set(feeds[name] as Float32Array);
  }

  /** Writes the commands, anew when a variable or the arena has moved. */
  private link(): void {
    if (this.linked === `${this.variables.version} ${this.arena.version}`) return;
    const { commands, variables } = this.compiled;
    checkVariables(this.compiled, (name) => this.variables.get(name));
    for (const [name, { slot }] of variables) this.offsets.set(slot, this.variables.get(name).address - this.address);
    const lists = this.address + this.listsAt;
    const made = encoded(commands, this.machine.kernels, (slot) => this.addressOf(slot), lists);
    this.machine.values(lists, made.lists.length, 'int32').set(made.lists);
    this.machine.values(this.address + this.commandsAt, made.words.length, 'int32').set(made.words);
    this.linked = `${this.variables.version} ${this.arena.version}`;
  }

  private addressOf(slot: Slot): number {
    const pooled = this.placing.offsets.get(slot);
    if (pooled !== undefined) return this.arena.address + pooled;
    const offset = this.offsets.get(slot);
    if (offset === undefined) throw new Error(`processor: '${slot.label}' has no place`);
    return this.address + offset;
  }

  private view(slot: Slot): Float32Array | Int32Array {
    return this.machine.values(this.addressOf(slot), slot.elements, slot.dtype);
  }

  private results(): Record<string, Float32Array> {
    const results = [...this.compiled.outputs].map(([name, slot]) => [name, this.view(slot).slice()] as const);
    return Object.fromEntries(results) as Record<string, Float32Array>;
  }
}

const flopsOf = (command: Command): number => (command.type === 'launch' ? command.flops : 0);

/** Each operand once. */
const bytesOf = (command: Command): number => touchedBy(command).reduce((sum, { elements }) => sum + 4 * elements, 0);
