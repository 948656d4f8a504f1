import { reportOf, timesByLabel } from '../../compiled/costs';
import type { Executable, Feeds, RunReport } from '../../executor';
import { costOf } from '../lower/command';
import type { Gpu } from './gpu';
import { Pace } from './pace';
import type { Recording } from './recording';
import { timestamped } from './timing';

/** WebGPU's limit of a query set. */
const MOST_QUERIES = 4096;

/** The runs of several programs: how many were begun, and how many are not over. */
export class Runs {
  begun = 0;
  underWay = 0;

  async counted<T>(run: () => Promise<T>): Promise<T> {
    this.begun++;
    this.underWay++;
    try {
      return await run();
    } finally {
      this.underWay--;
    }
  }
}

/** A recorded program, replayed: a run writes what it is fed, submits the commands, and reads its outputs later. */
export class Plan implements Executable {
  /** Buffers that outputs are read through; one is away for every run that is not read yet. */
  private readonly staging: GPUBuffer[] = [];
  private disposed = false;
  /** Its executor forgets it then. */
  whenDisposed: () => void = () => undefined;

  constructor(
    private readonly gpu: Gpu,
    readonly recording: Recording,
    private readonly runs = new Runs(),
    private readonly pace = new Pace(recording.compiled.commands),
  ) {}

  /** Submits at once, so runs take effect in the order they were asked for; only the outputs are waited for. */
  run(feeds: Feeds): Promise<Record<string, Float32Array>> {
    return this.runs.counted(() => this.replay(feeds));
  }

  /** What a run costs, in closed form. */
  get report(): RunReport {
    return reportOf(this.recording.dispatches().map(costOf), this.pace.submits.length);
  }

  /** One run, a compute pass a kernel: its time on the device by kind of kernel, where there are timestamps. */
  profile(feeds: Feeds): ReturnType<Executable['profile']> {
    return this.runs.counted(() => this.timed(feeds));
  }

  dispose(): void {
    this.disposed = true;
    for (const buffer of this.staging) buffer.destroy();
    this.staging.length = 0;
    this.recording.dispose();
    this.whenDisposed();
  }

  private async replay(feeds: Feeds): Promise<Record<string, Float32Array>> {
    if (this.gpu.fault) throw this.gpu.fault;
    this.feed(feeds);
    return this.submit(feeds);
  }

  private async timed(feeds: Feeds): ReturnType<Executable['profile']> {
    const { device } = this.gpu;
    const dispatches = this.recording.dispatches();
    const count = 2 * dispatches.length;
    if (!device.features.has('timestamp-query') || count > MOST_QUERIES)
      return { outputs: await this.replay(feeds), kernels: null };
    if (this.gpu.fault) throw this.gpu.fault;
    this.feed(feeds);
    const { made: outputs, stamps } = await timestamped(this.gpu, count, (querySet, resolve) =>
      this.submit(feeds, querySet, resolve),
    );
    const milliseconds = (i: number) => Number(stamps[2 * i + 1] - stamps[2 * i]) / 1e6;
    const launches = dispatches.map((dispatch, i) => ({ ...costOf(dispatch), milliseconds: milliseconds(i) }));
    return { outputs, kernels: timesByLabel(launches) };
  }

  private feed(feeds: Feeds): void {
    if (this.disposed) throw new Error(`${this.recording.compiled.name}: run after it was disposed of`);
    this.recording.feed(feeds);
  }

  /** Submits before it first waits, `last` with the last commands; resolves to the outputs. */
  private async submit(
    feeds: Feeds,
    profile?: GPUQuerySet,
    last: (encoder: GPUCommandEncoder) => void = () => undefined,
  ): Promise<Record<string, Float32Array>> {
    const { device } = this.gpu;
    const { outputs } = this.recording.buffers;
    const staging =
      outputs &&
      (this.staging.pop() ??
        this.gpu.buffer('outputs', outputs.size, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST));
    const ended = this.pace.begin();
    const { submits } = this.pace;
    submits.forEach((piece, i) => {
      const encoder = device.createCommandEncoder();
      this.recording.encode(encoder, feeds, piece, profile);
      if (i === submits.length - 1) {
        last(encoder);
        if (staging) encoder.copyBufferToBuffer(outputs, 0, staging, 0, outputs.size);
      }
      device.queue.submit([encoder.finish()]);
    });
    if (!staging) return {};
    await this.gpu.orLost(staging.mapAsync(GPUMapMode.READ));
    if (!profile) ended();
    const bytes = staging.getMappedRange();
    const made: Record<string, Float32Array | Int32Array> = {};
    for (const [name, slot] of this.recording.compiled.outputs) {
      const Kind = slot.dtype === 'int32' ? Int32Array : Float32Array;
      made[name] = new Kind(bytes, this.recording.buffers.place(slot).offset, slot.elements).slice();
    }
    staging.unmap();
    if (this.disposed) staging.destroy();
    else this.staging.push(staging);
    return made as Record<string, Float32Array>;
  }
}
