import type { Slot } from '../../compiled/slot';
import type { Command } from '../lower/command';
import { VARIABLES } from '../lower/command';
import type { Compiled } from '../lower/compile';
import { Feeding, feedingBytes } from '../run/feeding';
import type { Gpu } from '../run/gpu';
import { aligned } from './alignment';
import { assign } from './assign';
import { bytesTogether } from './grouping';
import type { Variables } from './variables';

/** A range of a buffer, in bytes. */
export interface Place {
  readonly buffer: GPUBuffer;
  readonly offset: number;
}

const STORAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/** The buffers of one compiled program, and where in them its slots are; variables have a place of their own. */
export class Buffers {
  private readonly places = new Map<Slot, Place>();
  private readonly owned: GPUBuffer[] = [];
  private readonly names: ReadonlyMap<Slot, string>;
  readonly feeding: Feeding;
  /** All outputs side by side; null where there are none. */
  readonly outputs: GPUBuffer | null;

  constructor(
    private readonly gpu: Gpu,
    private readonly variables: Variables,
    { commands, constants, inputs, outputs, parts, scalars, sums, variables: leaves }: Compiled,
  ) {
    this.names = new Map([...leaves].map(([name, { slot }]) => [slot, name]));
    const { sizes, buffers } = assign(commands);
    const pool = sizes.map((bytes, i) => this.own(`pool ${i}`, bytes));
    for (const [slot, index] of buffers) this.places.set(slot, { buffer: pool[index], offset: 0 });

    this.feeding = new Feeding(gpu, inputs, scalars);
    this.owned.push(this.feeding.buffer);
    for (const [name, { slot }] of inputs)
      this.places.set(slot, { buffer: this.feeding.buffer, offset: this.feeding.offsetOf(name) });

    for (const slot of aloneIn(commands, constants, parts))
      this.places.set(slot, { buffer: this.own(slot.label, slot.bytes), offset: 0 });
    for (const [slot, { of, offset }] of parts) this.places.set(slot, { buffer: this.place(of).buffer, offset });
    for (const { slot, values } of constants)
      gpu.device.queue.writeBuffer(this.place(slot).buffer, 0, values as Float32Array<ArrayBuffer>);

    this.outputs = this.sideBySide('outputs', [...outputs.values()]);
    for (const group of sums) this.sideBySide('sums', group);
  }

  /** Bytes that this program alone uses. */
  get bytes(): number {
    return this.owned.reduce((sum, { size }) => sum + size, 0);
  }

  place(slot: Slot): Place {
    const name = this.names.get(slot);
    if (name !== undefined) return this.variables.place(name);
    const place = this.places.get(slot);
    if (!place) throw new Error(`plan: '${slot.label}' has no place`);
    return place;
  }

  namesOf(slots: readonly Slot[]): string[] {
    return slots.flatMap((slot) => this.names.get(slot) ?? []);
  }

  /** Whether two slots lie, or may come to lie, in one buffer. Variables may at any time: all of them count as if they did. */
  share(a: Slot, b: Slot): boolean {
    return this.key(a) === this.key(b);
  }

  dispose(): void {
    for (const buffer of this.owned) buffer.destroy();
  }

  private key(slot: Slot): GPUBuffer | 'variables' | undefined {
    if (slot === VARIABLES || this.names.has(slot)) return 'variables';
    return this.places.get(slot)?.buffer;
  }

  private own(label: string, bytes: number): GPUBuffer {
    const buffer = this.gpu.buffer(label, bytes, STORAGE());
    this.owned.push(buffer);
    return buffer;
  }

  private sideBySide(label: string, slots: readonly Slot[]): GPUBuffer | null {
    if (slots.length === 0) return null;
    const buffer = this.own(label, bytesTogether(slots));
    let offset = 0;
    for (const slot of slots) {
      this.places.set(slot, { buffer, offset });
      offset += aligned(slot.bytes);
    }
    return buffer;
  }
}

/** Slots with a buffer of their own. */
const aloneIn = (
  commands: readonly Command[],
  constants: Compiled['constants'],
  parts: Compiled['parts'],
): ReadonlySet<Slot> =>
  new Set([
    ...constants.map(({ slot }) => slot),
    ...[...parts.values()].map(({ of }) => of),
    ...commands.flatMap((command) => (command.type === 'dispatch' && command.update ? [command.update.table] : [])),
  ]);

/** Sizes of the buffers that a program will have, before any is made. */
export function bufferSizes({
  commands,
  constants,
  inputs,
  outputs,
  parts,
  scalars,
  sums,
}: Compiled): readonly number[] {
  return [
    ...assign(commands).sizes,
    ...[...aloneIn(commands, constants, parts)].map(({ bytes }) => bytes),
    feedingBytes(inputs, scalars),
    bytesTogether([...outputs.values()]),
    ...sums.map(bytesTogether),
  ];
}
