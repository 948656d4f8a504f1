import type { Fault } from '../../../core/fault';
import { lostFault } from '../../graphics';
import { Gpu } from '../gpu';
import { shaderOf } from '../shader';
import type { Slot } from '../slot';
import { type AugmentShape, augmentKernels, slotsOf } from './kernels';

interface Launch {
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  groups: readonly [x: number, y: number];
}

/** Two views of every picture of a batch, normalised float32 [N, side, side, 3] each. */
export interface TwoViews<Of> {
  readonly query: Of;
  readonly key: Of;
}

/**
 * Makes what it takes to augment batches of one shape; everything slow happens here.
 * @throws Fault('memory') when the device has no room for the buffers.
 */
export async function createAugmenter(
  device: GPUDevice,
  shape: AugmentShape,
  lost: Promise<Fault> = lostFault(device),
): Promise<Augmenter> {
  const gpu = new Gpu(device, lost);
  const slots = slotsOf(shape);
  const bytes = Object.values(slots).reduce((sum, slot) => sum + slot.bytes, 0);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const allocate = () =>
    new Map<Slot, GPUBuffer>(
      Object.values(slots).map((slot) => [slot, gpu.buffer(`augment: ${slot.label}`, slot.bytes, usage)]),
    );
  const advice = 'Choose a smaller batch or smaller views.';
  const buffers = await gpu.orLost(gpu.withMemory(bytes, advice, allocate));
  const bufferOf = (slot: Slot) => buffers.get(slot) as GPUBuffer;
  const launches = augmentKernels(shape, slots).map(async (dispatch): Promise<Launch> => {
    const { code, bindings, groups } = shaderOf(dispatch, 0, (a, b) => a === b);
    const letters = bindings.map(({ write }) => (write ? 'w' : 'r')).join('');
    const pipeline = await gpu.pipeline(dispatch.label, code, letters);
    const entries = bindings.map(({ slot }, binding) => ({ binding, resource: { buffer: bufferOf(slot) } }));
    return { pipeline, groups, bindGroup: device.createBindGroup({ layout: gpu.layout(letters), entries }) };
  });
  const own = { pixels: bufferOf(slots.pixels), table: bufferOf(slots.table), views: bufferOf(slots.views) };
  return new Augmenter(gpu, shape, slots.table.elements, await gpu.orLost(Promise.all(launches)), own, [
    ...buffers.values(),
  ]);
}

/** Uint8 pictures and a table of choices in, both views out, on the device. The same input gives the same bits. */
export class Augmenter {
  constructor(
    private readonly gpu: Gpu,
    private readonly shape: AugmentShape,
    private readonly tableLength: number,
    private readonly launches: readonly Launch[],
    private readonly own: { pixels: GPUBuffer; table: GPUBuffer; views: GPUBuffer },
    private readonly buffers: readonly GPUBuffer[],
  ) {}

  /** Dispatches of a batch. */
  get dispatches(): number {
    return this.launches.length;
  }

  /** Bytes of the buffers it holds. */
  get bytes(): number {
    return this.buffers.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Writes its input to the device and the commands into `encoder`, to be submitted before the next batch is encoded.
   * @param pixels uint8 [N, stored side, stored side, 3].
   * @param table `choicesTable` of 2N views: the first views of all pictures, then the second ones.
   * @param to buffers with COPY_DST that take the views from their beginning.
   */
  encode(
    encoder: GPUCommandEncoder,
    pixels: Uint8Array<ArrayBuffer>,
    table: Uint32Array<ArrayBuffer>,
    to: TwoViews<GPUBuffer>,
  ): void {
    this.dispatch(encoder, pixels, table);
    const bytes = this.viewBytes;
    encoder.copyBufferToBuffer(this.own.views, 0, to.query, 0, bytes);
    encoder.copyBufferToBuffer(this.own.views, bytes, to.key, 0, bytes);
  }

  /** The same, submitted at once. */
  run(pixels: Uint8Array<ArrayBuffer>, table: Uint32Array<ArrayBuffer>, to: TwoViews<GPUBuffer>): void {
    if (this.gpu.fault) throw this.gpu.fault;
    const encoder = this.gpu.device.createCommandEncoder();
    this.encode(encoder, pixels, table, to);
    this.gpu.device.queue.submit([encoder.finish()]);
  }

  /** The views of a batch on the host, to be looked at. */
  async read(pixels: Uint8Array<ArrayBuffer>, table: Uint32Array<ArrayBuffer>): Promise<TwoViews<Float32Array>> {
    if (this.gpu.fault) throw this.gpu.fault;
    const { device } = this.gpu;
    const bytes = this.viewBytes;
    const staging = this.gpu.buffer('views', 2 * bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    try {
      const encoder = device.createCommandEncoder();
      this.dispatch(encoder, pixels, table);
      encoder.copyBufferToBuffer(this.own.views, 0, staging, 0, 2 * bytes);
      device.queue.submit([encoder.finish()]);
      await this.gpu.orLost(staging.mapAsync(GPUMapMode.READ));
      const both = new Float32Array(staging.getMappedRange()).slice(0, bytes / 2);
      return { query: both.subarray(0, bytes / 4), key: both.subarray(bytes / 4) };
    } finally {
      staging.destroy();
    }
  }

  dispose(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }

  /** Bytes of one view of all pictures. */
  private get viewBytes(): number {
    return 4 * this.shape.pictures * this.shape.side ** 2 * 3;
  }

  private dispatch(encoder: GPUCommandEncoder, pixels: Uint8Array<ArrayBuffer>, table: Uint32Array<ArrayBuffer>): void {
    const { pictures, storedSide } = this.shape;
    if (pixels.length !== pictures * storedSide ** 2 * 3)
      throw new Error(`augment: pixels must be [${pictures}, ${storedSide}, ${storedSide}, 3]`);
    if (table.length !== this.tableLength) throw new Error(`augment: the table must have ${2 * pictures} rows`);
    const { queue } = this.gpu.device;
    // A write is in whole words.
    const words = pixels.length % 4 === 0 ? pixels : new Uint8Array(Math.ceil(pixels.length / 4) * 4);
    if (words !== pixels) words.set(pixels);
    queue.writeBuffer(this.own.pixels, 0, words);
    queue.writeBuffer(this.own.table, 0, table);
    const pass = encoder.beginComputePass();
    for (const { pipeline, bindGroup, groups } of this.launches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...groups);
    }
    pass.end();
  }
}
