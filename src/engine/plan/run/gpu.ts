import { type Fault, NoRoom } from '../../../core/fault';
import type { OnCompiling } from '../../executor';
import { Waiting } from '../../waiting';
import { Counting } from './counting';

/** A GPUDevice with the pipelines made for it so far. */
export class Gpu extends Waiting {
  private readonly layouts = new Map<string, GPUBindGroupLayout>();
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();
  private counting = new Counting();

  constructor(
    readonly device: GPUDevice,
    /** Resolves, with what to throw, when the device is lost, its memory has run out or it refused something. */
    lost: Promise<Fault>,
    /** Bytes of the largest buffer that kernels may see whole. */
    readonly room = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize),
  ) {
    super(lost);
  }

  buffer(label: string, bytes: number, usage: number): GPUBuffer {
    return this.device.createBuffer({ label, size: Math.max(16, bytes), usage });
  }

  /** One letter a binding: r read, w read and write, u uniform. */
  layout(bindings: string): GPUBindGroupLayout {
    const known = this.layouts.get(bindings);
    if (known) return known;
    const types = { r: 'read-only-storage', w: 'storage', u: 'uniform' } as const;
    const entries = [...bindings].map((letter, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: types[letter as keyof typeof types] },
    }));
    const layout = this.device.createBindGroupLayout({ entries });
    this.layouts.set(bindings, layout);
    return layout;
  }

  get onCompiling(): OnCompiling | null {
    return this.counting.listener;
  }

  /** A new listener is told of new pipelines alone: what was asked for before still counts for the one before. */
  set onCompiling(listener: OnCompiling | null) {
    this.counting = new Counting(listener);
  }

  /** Compiled without blocking, once for the same text: one that is known counts for no listener. */
  pipeline(label: string, code: string, bindings: string): Promise<GPUComputePipeline> {
    const known = this.pipelines.get(code);
    if (known) return known;
    const layout = this.device.createPipelineLayout({ bindGroupLayouts: [this.layout(bindings)] });
    const module = this.device.createShaderModule({ label, code });
    const made = this.device.createComputePipelineAsync({ label, layout, compute: { module, entryPoint: 'main' } });
    this.pipelines.set(code, made);
    return this.counting.counted(made);
  }

  /**
   * Runs `make`, which creates buffers of these sizes.
   * @throws NoRoom when the device refuses them; then they are given back.
   */
  async withMemory<T>(
    sizes: readonly number[],
    advice: string,
    make: () => T,
    giveBack: (made: T) => void,
  ): Promise<T> {
    const [bytes, largest] = [sizes.reduce((sum, size) => sum + size, 0), Math.max(0, ...sizes)];
    if (largest > this.room) {
      const piece = `in one piece ${megabytes(largest)}, and the graphics device gives ${megabytes(this.room)} at a time`;
      throw new NoRoom(`This takes ${megabytes(bytes)}, ${piece}.`, advice);
    }
    this.device.pushErrorScope('out-of-memory');
    this.device.pushErrorScope('validation');
    const made = make();
    const [validation, memory] = await Promise.all([this.device.popErrorScope(), this.device.popErrorScope()]);
    if (!validation && !memory) return made;
    giveBack(made);
    throw new NoRoom(`The graphics device has no room for ${megabytes(bytes)} more.`, advice);
  }
}

export const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MB`;
