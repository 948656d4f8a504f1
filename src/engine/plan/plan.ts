import { elements } from '../../graph/tensor';
import type { Executable, Feeds } from '../executor';
import type { Gpu } from './gpu';
import type { Recording } from './recording';
import type { Variables } from './variables';

/** A recorded program, replayed: a run writes what it is fed, submits the commands once, and reads its outputs later. */
export class Plan implements Executable {
  /** Buffers that outputs are read through; one is away for every run that is not read yet. */
  private readonly staging: GPUBuffer[] = [];
  private readonly outputs: { name: string; slot: Parameters<Recording['place']>[0]; offset: number }[] = [];
  private readonly outputBytes: number;
  private disposed = false;

  constructor(
    private readonly gpu: Gpu,
    private readonly variables: Variables,
    readonly recording: Recording,
  ) {
    let offset = 0;
    for (const [name, slot] of recording.compiled.outputs) {
      this.outputs.push({ name, slot, offset });
      offset += slot.bytes;
    }
    this.outputBytes = offset;
  }

  /** Submits at once, so runs take effect in the order they were asked for; only the outputs are waited for. */
  async run(feeds: Feeds): Promise<Record<string, Float32Array>> {
    const { queue } = this.gpu.device;
    if (this.gpu.fault) throw this.gpu.fault;
    const numbers = this.feed(feeds);
    const encoder = this.gpu.device.createCommandEncoder();
    this.recording.encode(encoder, numbers);
    if (this.outputs.length === 0) {
      queue.submit([encoder.finish()]);
      return {};
    }
    const staging =
      this.staging.pop() ??
      this.gpu.buffer('outputs', this.outputBytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    for (const { slot, offset } of this.outputs)
      encoder.copyBufferToBuffer(this.recording.place(slot).buffer, 0, staging, offset, slot.bytes);
    queue.submit([encoder.finish()]);
    await this.gpu.orLost(staging.mapAsync(GPUMapMode.READ));
    const bytes = staging.getMappedRange();
    const made = this.outputs.map(({ name, slot, offset }) => {
      const Kind = slot.dtype === 'int32' ? Int32Array : Float32Array;
      return [name, new Kind(bytes, offset, slot.elements).slice()] as const;
    });
    staging.unmap();
    if (this.disposed) staging.destroy();
    else this.staging.push(staging);
    return Object.fromEntries(made) as Record<string, Float32Array>;
  }

  dispose(): void {
    this.disposed = true;
    for (const buffer of this.staging) buffer.destroy();
    this.staging.length = 0;
    this.recording.dispose();
  }

  /** Checks everything before anything is written, so that a run that fails leaves the variables as they were. */
  feed(feeds: Feeds): Record<string, number> {
    const { name: program, inputs, variables, scalars } = this.recording.compiled;
    if (this.disposed) throw new Error(`${program}: run after it was disposed of`);
    const wrong = (name: string, what: string) => new Error(`${program}: '${name}' ${what}`);
    const numbers = Object.fromEntries(
      scalars.map((name) => {
        const fed = feeds[name];
        if (fed === undefined) throw wrong(name, 'was not fed');
        if (typeof fed !== 'number') throw wrong(name, 'must be fed with a number');
        return [name, fed];
      }),
    );
    for (const [name, { node }] of variables) {
      const { shape, dtype } = this.variables.place(name).values;
      if (`${shape}` !== `${node.shape}` || dtype !== node.dtype)
        throw wrong(name, `is ${dtype} [${shape}], not ${node.dtype} [${node.shape}]`);
    }
    for (const [name, { node }] of inputs) {
      const fed = feeds[name];
      if (fed === undefined) throw wrong(name, 'was not fed');
      if (typeof fed === 'number' || fed.length !== elements(node.shape))
        throw wrong(name, `must be fed with [${node.shape}]`);
      if (fed instanceof Int32Array !== (node.dtype === 'int32')) throw wrong(name, `must be fed with ${node.dtype}`);
    }
    const { queue } = this.gpu.device;
    for (const [name, { slot }] of inputs)
      queue.writeBuffer(this.recording.place(slot).buffer, 0, feeds[name] as Float32Array<ArrayBuffer>);
    if (scalars.length > 0)
      queue.writeBuffer(
        this.recording.scalars,
        0,
        Float32Array.from(scalars, (name) => numbers[name]),
      );
    return numbers;
  }
}
