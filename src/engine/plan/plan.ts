import { elements } from '../../graph/tensor';
import type { Feeds } from '../executor';
import type { KernelTime, Measurable, Profiled, RunReport } from '../measurable';
import { bytesMoved } from './command';
import type { Gpu } from './gpu';
import type { Recording } from './recording';
import type { Variables } from './variables';

/** WebGPU's limit of a query set. */
const MOST_QUERIES = 4096;

/** A recorded program, replayed: a run writes what it is fed, submits the commands once, and reads its outputs later. */
export class Plan implements Measurable {
  /** Buffers that outputs are read through; one is away for every run that is not read yet. */
  private readonly staging: GPUBuffer[] = [];
  private readonly outputs: { name: string; slot: Parameters<Recording['place']>[0]; offset: number }[] = [];
  private readonly outputBytes: number;
  private disposed = false;
  /** Its executor forgets it then. */
  whenDisposed: () => void = () => undefined;

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
    if (this.gpu.fault) throw this.gpu.fault;
    const numbers = this.feed(feeds);
    const encoder = this.gpu.device.createCommandEncoder();
    this.recording.encode(encoder, numbers);
    return this.submit(encoder);
  }

  /** What a run costs, in closed form. */
  get report(): RunReport {
    const dispatches = this.recording.dispatches();
    const flops = dispatches.reduce((sum, { flops = 0 }) => sum + flops, 0);
    const bytes = dispatches.reduce((sum, dispatch) => sum + bytesMoved(dispatch), 0);
    return { dispatches: dispatches.length, submits: 1, bytes, flops };
  }

  /** One run, a compute pass a kernel: its time on the device by kind of kernel, where there are timestamps. */
  async profile(feeds: Feeds): Promise<Profiled> {
    const { device } = this.gpu;
    const dispatches = this.recording.dispatches();
    const count = 2 * dispatches.length;
    if (!device.features.has('timestamp-query') || count > MOST_QUERIES)
      return { outputs: await this.run(feeds), kernels: null };
    if (this.gpu.fault) throw this.gpu.fault;
    const numbers = this.feed(feeds);
    const querySet = device.createQuerySet({ type: 'timestamp', count });
    const resolved = this.gpu.buffer('timestamps', 8 * count, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC);
    const staging = this.gpu.buffer('timestamps', 8 * count, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    try {
      const encoder = device.createCommandEncoder();
      this.recording.encode(encoder, numbers, querySet);
      encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, 8 * count);
      const outputs = await this.submit(encoder);
      await this.gpu.orLost(staging.mapAsync(GPUMapMode.READ));
      const stamps = new BigInt64Array(staging.getMappedRange());
      const times = new Map<string, KernelTime>();
      dispatches.forEach(({ label }, i) => {
        const time = times.get(label) ?? { label, launches: 0, milliseconds: 0 };
        time.launches++;
        time.milliseconds += Number(stamps[2 * i + 1] - stamps[2 * i]) / 1e6;
        times.set(label, time);
      });
      return { outputs, kernels: [...times.values()] };
    } finally {
      for (const made of [querySet, resolved, staging]) made.destroy();
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const buffer of this.staging) buffer.destroy();
    this.staging.length = 0;
    this.recording.dispose();
    this.whenDisposed();
  }

  /** Submits before it first waits; resolves to the outputs. */
  private async submit(encoder: GPUCommandEncoder): Promise<Record<string, Float32Array>> {
    const { queue } = this.gpu.device;
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
