import type { Command, Copy, Dispatch, RingCopy } from './command';
import type { Compiled } from './compile';
import type { Gpu } from './gpu';
import { assign } from './memory';
import { type Shader, shaderOf } from './shader';
import { type Slot, SUMS, VARIABLES } from './slot';
import { tableOf } from './update_kernel';
import type { Variables } from './variables';

/** A range of a buffer, in bytes. */
interface Place {
  buffer: GPUBuffer;
  offset: number;
}

interface Launch {
  dispatch: Dispatch;
  shader: Shader;
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
  bindGroup: GPUBindGroup | null;
}

type Recorded = Launch | Copy | RingCopy;
const isLaunch = (recorded: Recorded): recorded is Launch => 'shader' in recorded;

const ALIGNMENT = 256;
const STORAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/** Buffers, pipelines and bind groups of a compiled program: everything that a run needs, made once. */
export class Recording {
  private readonly places = new Map<Slot, Place>();
  private readonly owned: GPUBuffer[] = [];
  private readonly names = new Map<Slot, string>();
  private recorded: Recorded[] = [];
  private sums: GPUBuffer | null = null;
  private boundVersion = -1;
  /** Bytes of the buffers that this program alone uses. */
  bytes = 0;
  readonly scalars: GPUBuffer;

  private constructor(
    private readonly gpu: Gpu,
    private readonly variables: Variables,
    readonly compiled: Compiled,
  ) {
    const bytes = Math.max(16, Math.ceil(compiled.scalars.length / 4) * 16);
    this.scalars = gpu.buffer('scalars', bytes, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
    this.owned.push(this.scalars);
    for (const [name, { slot }] of compiled.variables) this.names.set(slot, name);
  }

  /** @throws Fault('memory') when the device has no room for the buffers. */
  static async make(gpu: Gpu, variables: Variables, compiled: Compiled): Promise<Recording> {
    const recording = new Recording(gpu, variables, compiled);
    try {
      const bytes = bytesOf(compiled);
      const advice = 'Choose a smaller batch, smaller views or a narrower encoder.';
      await gpu.orLost(gpu.withMemory(bytes, advice, () => recording.allocate()));
      await gpu.orLost(recording.record());
    } catch (cause) {
      recording.dispose();
      throw cause;
    }
    return recording;
  }

  place(slot: Slot): Place {
    const name = this.names.get(slot);
    if (name !== undefined) return this.variables.place(name);
    const place = this.places.get(slot);
    if (!place) throw new Error(`plan: '${slot.label}' has no place`);
    return place;
  }

  /** Commands of one run. `profile` puts every dispatch into a pass of its own, between two timestamps. */
  encode(encoder: GPUCommandEncoder, numbers: Readonly<Record<string, number>>, profile?: GPUQuerySet): void {
    this.bind();
    let pass: GPUComputePassEncoder | null = null;
    let timed = 0;
    for (const recorded of this.recorded) {
      if (isLaunch(recorded)) {
        if (profile) {
          const timestampWrites = {
            querySet: profile,
            beginningOfPassWriteIndex: 2 * timed,
            endOfPassWriteIndex: 2 * timed + 1,
          };
          pass = encoder.beginComputePass({ timestampWrites });
          timed++;
        } else pass ??= encoder.beginComputePass();
        pass.setPipeline(recorded.pipeline);
        pass.setBindGroup(0, recorded.bindGroup);
        pass.dispatchWorkgroups(...recorded.shader.groups);
        if (!profile) continue;
      }
      pass?.end();
      pass = null;
      if (!isLaunch(recorded)) this.copy(encoder, recorded, numbers);
    }
    pass?.end();
  }

  /** Dispatches in order. */
  dispatches(): readonly Dispatch[] {
    return this.recorded.filter(isLaunch).map(({ dispatch }) => dispatch);
  }

  dispose(): void {
    for (const buffer of this.owned) buffer.destroy();
    this.recorded = [];
  }

  private own(label: string, bytes: number): GPUBuffer {
    const buffer = this.gpu.buffer(label, bytes, STORAGE());
    this.owned.push(buffer);
    this.bytes += buffer.size;
    return buffer;
  }

  private allocate(): void {
    const { commands, constants } = this.compiled;
    const { sizes, buffers } = assign(commands);
    const pool = sizes.map((bytes, i) => this.own(`pool ${i}`, bytes));
    for (const [slot, index] of buffers) this.places.set(slot, { buffer: pool[index], offset: 0 });

    for (const slot of keptBy(this.compiled))
      this.places.set(slot, { buffer: this.own(slot.label, slot.bytes), offset: 0 });
    for (const { slot, values } of constants)
      this.gpu.device.queue.writeBuffer(this.place(slot).buffer, 0, values as Float32Array<ArrayBuffer>);

    const { slots, offsets, bytes } = sumsOf(commands);
    if (slots.length === 0) return;
    const sums = this.own('sums', bytes);
    this.sums = sums;
    slots.forEach((slot, i) => {
      this.places.set(slot, { buffer: sums, offset: offsets[i] });
    });
  }

  private async record(): Promise<void> {
    const { commands, scalars } = this.compiled;
    const shares = (a: Slot, b: Slot) => this.bufferKey(a) === this.bufferKey(b);
    this.recorded = await Promise.all(
      commands.map(async (command): Promise<Recorded> => {
        if (command.type !== 'dispatch') return command;
        const shader = shaderOf(command, scalars.length, shares);
        const letters =
          shader.bindings.map(({ write }) => (write ? 'w' : 'r')).join('') + (shader.usesScalars ? 'u' : '');
        const pipeline = await this.gpu.pipeline(command.label, shader.code, letters);
        return { dispatch: command, shader, pipeline, layout: this.gpu.layout(letters), bindGroup: null };
      }),
    );
  }

  /** Variables may come to lie in one buffer at any time: all of them count as if they did. */
  private bufferKey(slot: Slot): GPUBuffer | 'variables' | undefined {
    return slot === VARIABLES || this.names.has(slot)
      ? 'variables'
      : slot === SUMS
        ? (this.sums ?? undefined)
        : this.places.get(slot)?.buffer;
  }

  /** Bind groups point at places; made again when variables have moved. */
  private bind(): void {
    if (this.boundVersion === this.variables.version) return;
    const updates = this.dispatches().flatMap(({ update }) => update ?? []);
    const updated = updates.flatMap(({ segments }) => segments.flatMap((segment) => segment.variables));
    this.variables.gather([...new Set(updated)].map((slot) => this.names.get(slot) as string));
    for (const update of updates) {
      const table = tableOf(update, (slot) => this.place(slot).offset) as Int32Array<ArrayBuffer>;
      this.gpu.device.queue.writeBuffer(this.place(update.table).buffer, 0, table);
    }
    const updatedIn = updated.length > 0 ? this.place(updated[0]).buffer : null;
    for (const recorded of this.recorded) {
      if (!isLaunch(recorded)) continue;
      const { bindings, usesScalars } = recorded.shader;
      const entries: GPUBindGroupEntry[] = bindings.map(({ slot }, binding) => {
        if (slot === VARIABLES) return { binding, resource: { buffer: updatedIn as GPUBuffer } };
        if (slot === SUMS) return { binding, resource: { buffer: this.sums as GPUBuffer } };
        const { buffer, offset } = this.place(slot);
        return { binding, resource: { buffer, offset, size: Math.max(16, slot.bytes) } };
      });
      if (usesScalars) entries.push({ binding: bindings.length, resource: { buffer: this.scalars } });
      recorded.bindGroup = this.gpu.device.createBindGroup({ layout: recorded.layout, entries });
    }
    this.boundVersion = this.variables.version;
  }

  private copy(encoder: GPUCommandEncoder, command: Copy | RingCopy, numbers: Readonly<Record<string, number>>): void {
    const [from, to] = [this.place(command.from), this.place(command.to)];
    const move = (fromElement: number, toElement: number, elements: number) => {
      const [source, target] = [from.offset + 4 * fromElement, to.offset + 4 * toElement];
      if (elements > 0) encoder.copyBufferToBuffer(from.buffer, source, to.buffer, target, 4 * elements);
    };
    if (command.type === 'copy') {
      move(command.fromOffset, command.toOffset, command.elements);
      return;
    }
    const { row, rows, count, pointer } = command;
    const begin = numbers[pointer] % rows;
    const fitting = Math.min(count, rows - begin);
    move(0, begin * row, fitting * row);
    move(fitting * row, 0, (count - fitting) * row);
  }
}

function sumsOf(commands: readonly Command[]): { slots: Slot[]; offsets: number[]; bytes: number } {
  const written = commands.flatMap((command) =>
    command.type === 'dispatch' ? Object.values(command.writes).map(([slot]) => slot) : [command.to],
  );
  const slots = [...new Set(written)].filter((slot) => slot.home === 'sums' && slot !== SUMS);
  const offsets: number[] = [];
  let bytes = 0;
  for (const slot of slots) {
    offsets.push(bytes);
    bytes += Math.ceil(slot.bytes / ALIGNMENT) * ALIGNMENT;
  }
  return { slots, offsets, bytes };
}

/** Slots with a buffer of their own. */
const keptBy = ({ commands, inputs, constants, outputs }: Compiled): Slot[] => [
  ...[...inputs.values()].map(({ slot }) => slot),
  ...constants.map(({ slot }) => slot),
  ...outputs.values(),
  ...commands.flatMap((command) => (command.type === 'dispatch' && command.update ? [command.update.table] : [])),
];

/** Bytes that a program's own buffers will take, before any is made. */
export function bytesOf(compiled: Compiled): number {
  const pool = assign(compiled.commands).sizes.reduce((sum, bytes) => sum + bytes, 0);
  const kept = keptBy(compiled).reduce((sum, { bytes }) => sum + bytes, 0);
  return pool + sumsOf(compiled.commands).bytes + kept;
}
