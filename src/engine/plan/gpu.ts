import { Fault } from '../../core/fault';
import { Waiting } from '../waiting';

/** A GPUDevice with the pipelines made for it so far. */
export class Gpu extends Waiting {
  private readonly layouts = new Map<string, GPUBindGroupLayout>();
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(
    readonly device: GPUDevice,
    /** Resolves, with what to throw, when the device is lost or its memory has run out. */
    lost: Promise<Fault>,
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

  /** Compiled without blocking, once for the same text. */
  pipeline(label: string, code: string, bindings: string): Promise<GPUComputePipeline> {
    const known = this.pipelines.get(code);
    if (known) return known;
    const layout = this.device.createPipelineLayout({ bindGroupLayouts: [this.layout(bindings)] });
    const module = this.device.createShaderModule({ label, code });
    const made = this.device.createComputePipelineAsync({ label, layout, compute: { module, entryPoint: 'main' } });
    this.pipelines.set(code, made);
    return made;
  }

  /** Whether a kernel compiled so far asks for an extension of WGSL. */
  enables(extension: string): boolean {
    return [...this.pipelines.keys()].some((code) => code.includes(`enable ${extension};`));
  }

  /**
   * Runs `make`, which creates buffers.
   * @throws Fault('memory') when the device has no room for them; then they are given back.
   */
  async withMemory<T>(bytes: number, advice: string, make: () => T, giveBack: (made: T) => void): Promise<T> {
    this.device.pushErrorScope('out-of-memory');
    this.device.pushErrorScope('validation');
    const made = make();
    const [validation, memory] = await Promise.all([this.device.popErrorScope(), this.device.popErrorScope()]);
    if (!validation && !memory) return made;
    giveBack(made);
    throw new Fault('memory', `The graphics device has no room for ${Math.ceil(bytes / 2 ** 20)} MB more.`, advice);
  }
}
