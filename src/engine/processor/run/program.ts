import { checkFed, checkVariable } from '../../checks';
import { reportOf, timesByLabel } from '../../compiled/costs';
import type { Slot } from '../../compiled/slot';
import type { Executable, Feeds, RunReport } from '../../executor';
import { costOf } from '../lower/command';
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
    return reportOf(this.compiled.commands.map(costOf), 0);
  }

  async profile(feeds: Feeds): ReturnType<Executable['profile']> {
    this.feed(feeds);
    let at = this.address + this.commandsAt;
    const launches = this.compiled.commands.map((command, i) => {
      const begin = performance.now();
      this.machine.execute(at, 1);
      const milliseconds = performance.now() - begin;
      at += 4 * this.lengths[i];
      const onOne = this.machine.threads > 1 && tasksOf(command) === 1;
      return { ...costOf(command), milliseconds, alone: onOne ? milliseconds : 0 };
    });
    return { outputs: this.results(), kernels: timesByLabel(launches) };
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
    for (const name of scalars.keys()) checkFed(program, name, null, feeds[name]);
    for (const [name, input] of inputs) checkFed(program, name, input, feeds[name]);
    this.link();
    for (const [name, slot] of scalars)
      this.machine.values(this.addressOf(slot), 1, 'float32')[0] = feeds[name] as number;
    for (const [name, { slot }] of inputs) this.view(slot).set(feeds[name] as Float32Array);
  }

  /** Writes the commands, anew when a variable or the arena has moved. */
  private link(): void {
    if (this.linked === `${this.variables.version} ${this.arena.version}`) return;
    const { name: program, commands, variables } = this.compiled;
    for (const [name, { slot, node }] of variables) {
      const held = this.variables.get(name);
      checkVariable(program, name, held, node);
      this.offsets.set(slot, held.address - this.address);
    }
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
