import { checkFed, checkVariable } from '../../checks';
import type { Feeds } from '../../executor';
import { tableOf } from '../kernels/update_kernel';
import type { Command, Copy, Dispatch, RingCopy } from '../lower/command';
import { SUMS, VARIABLES } from '../lower/command';
import type { Compiled } from '../lower/compile';
import { Buffers, bufferSizes } from '../memory/buffers';
import type { Variables } from '../memory/variables';
import type { Gpu } from './gpu';
import { type Shader, shaderOf } from './shader';

interface Launch {
  dispatch: Dispatch;
  shader: Shader;
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
  bindGroup: GPUBindGroup | null;
}

type Recorded = Launch | Copy | RingCopy;
const isLaunch = (recorded: Recorded): recorded is Launch => 'shader' in recorded;

function dispatchIn(pass: GPUComputePassEncoder, { pipeline, bindGroup, shader }: Launch): void {
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(shader.groups[0], shader.groups[1]);
}

/** Pipelines and bind groups over the buffers of a compiled program: everything that a run needs, made once. */
export class Recording {
  private recorded: Recorded[] = [];
  private boundVersion = -1;

  private constructor(
    private readonly gpu: Gpu,
    private readonly variables: Variables,
    readonly compiled: Compiled,
    readonly buffers: Buffers,
  ) {}

  /** @throws Fault('memory') when the device has no room for the buffers. */
  static async make(gpu: Gpu, variables: Variables, compiled: Compiled): Promise<Recording> {
    const advice = 'Choose a smaller batch, smaller views or a narrower encoder.';
    const make = () => new Buffers(gpu, variables, compiled);
    const buffers = await gpu.orLost(gpu.withMemory(bufferSizes(compiled), advice, make, (made) => made.dispose()));
    const recording = new Recording(gpu, variables, compiled, buffers);
    try {
      recording.recorded = await gpu.orLost(Promise.all(compiled.commands.map((command) => recording.record(command))));
    } catch (cause) {
      recording.dispose();
      throw cause;
    }
    return recording;
  }

  /** Checks everything before anything is written, so that a run that fails leaves the variables as they were. */
  feed(feeds: Feeds): void {
    const { name: program, scalars, inputs } = this.compiled;
    for (const name of scalars) checkFed(program, name, null, feeds[name]);
    for (const [name, input] of inputs) checkFed(program, name, input, feeds[name]);
    this.bind();
    this.buffers.feeding.write(feeds);
  }

  /**
   * Commands of one run from one to another, after `feed`. `profile` puts every dispatch into a pass of its own, between two
   * timestamps.
   */
  encode(
    encoder: GPUCommandEncoder,
    feeds: Feeds,
    [begin, end]: readonly [number, number],
    profile?: GPUQuerySet,
  ): void {
    let pass: GPUComputePassEncoder | null = null;
    let timed = this.recorded.slice(0, begin).filter(isLaunch).length;
    for (const recorded of this.recorded.slice(begin, end)) {
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
        dispatchIn(pass, recorded);
        if (!profile) continue;
      }
      pass?.end();
      pass = null;
      if (!isLaunch(recorded)) this.copy(encoder, recorded, feeds);
    }
    pass?.end();
  }

  /** Some of the dispatches, so many times over, in one pass: what takes their time alone. */
  repeat(
    encoder: GPUCommandEncoder,
    times: number,
    of: (dispatch: Dispatch) => boolean,
    timestampWrites?: GPUComputePassTimestampWrites,
  ): void {
    const pass = encoder.beginComputePass(timestampWrites && { timestampWrites });
    const launches = this.recorded.filter(isLaunch).filter(({ dispatch }) => of(dispatch));
    for (let time = 0; time < times; time++) for (const launch of launches) dispatchIn(pass, launch);
    pass.end();
  }

  dispatches(): readonly Dispatch[] {
    return this.recorded.filter(isLaunch).map(({ dispatch }) => dispatch);
  }

  /** Whether a kernel reads or writes half precision. */
  get half(): boolean {
    return this.recorded.some((recorded) => isLaunch(recorded) && recorded.shader.half);
  }

  dispose(): void {
    this.buffers.dispose();
    this.recorded = [];
  }

  private async record(command: Command): Promise<Recorded> {
    if (command.type !== 'dispatch') return command;
    const shader = shaderOf(command, this.compiled.scalars.length, (a, b) => this.buffers.share(a, b));
    const letters = shader.bindings.map(({ write }) => (write ? 'w' : 'r')).join('') + (shader.usesScalars ? 'u' : '');
    const pipeline = await this.gpu.pipeline(command.label, shader.code, letters);
    return { dispatch: command, shader, pipeline, layout: this.gpu.layout(letters), bindGroup: null };
  }

  /** Bind groups point at places; made again when variables have moved. Throws where a variable is not what it must be. */
  private bind(): void {
    if (this.boundVersion === this.variables.version) return;
    const { device } = this.gpu;
    const { name: program, variables, together } = this.compiled;
    for (const [name, { node }] of variables) checkVariable(program, name, this.variables.place(name).values, node);
    const { feeding } = this.buffers;
    for (const group of together) this.variables.gather(this.buffers.namesOf(group));
    for (const { update } of this.dispatches()) {
      if (!update) continue;
      const table = tableOf(update, (slot) => this.buffers.place(slot).offset) as Int32Array<ArrayBuffer>;
      device.queue.writeBuffer(this.buffers.place(update.table).buffer, 0, table);
    }
    for (const recorded of this.recorded) {
      if (!isLaunch(recorded)) continue;
      const { bindings, usesScalars } = recorded.shader;
      const entries: GPUBindGroupEntry[] = bindings.map(({ slot }, binding) => {
        const [first] = recorded.dispatch.update?.segments ?? [];
        if (slot === VARIABLES) return { binding, resource: { buffer: this.buffers.place(first.variables[0]).buffer } };
        if (slot === SUMS) return { binding, resource: { buffer: this.buffers.place(first.sources[0].slot).buffer } };
        const { buffer, offset } = this.buffers.place(slot);
        return { binding, resource: { buffer, offset, size: Math.max(16, slot.bytes) } };
      });
      if (usesScalars)
        entries.push({ binding: bindings.length, resource: { buffer: feeding.buffer, size: feeding.numberBytes } });
      recorded.bindGroup = device.createBindGroup({ layout: recorded.layout, entries });
    }
    this.boundVersion = this.variables.version;
  }

  private copy(encoder: GPUCommandEncoder, command: Copy | RingCopy, feeds: Feeds): void {
    const [from, to] = [this.buffers.place(command.from), this.buffers.place(command.to)];
    // Both of one precision: what changes it is a kernel.
    const bytes = command.to.elementBytes;
    const move = (fromElement: number, toElement: number, elements: number) => {
      const [source, target] = [from.offset + bytes * fromElement, to.offset + bytes * toElement];
      if (elements > 0) encoder.copyBufferToBuffer(from.buffer, source, to.buffer, target, bytes * elements);
    };
    if (command.type === 'copy') {
      move(command.fromOffset, command.toOffset, command.elements);
      return;
    }
    const { row, rows, count, pointer } = command;
    const begin = (feeds[pointer] as number) % rows;
    const fitting = Math.min(count, rows - begin);
    move(0, begin * row, fitting * row);
    move(fitting * row, 0, (count - fitting) * row);
  }
}
