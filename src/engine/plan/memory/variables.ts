import { Fault } from '../../../core/fault';
import { elements } from '../../../graph/tensor';
import type { Values } from '../../executor';
import { type Gpu, megabytes } from '../run/gpu';
import { aligned } from './alignment';
import { inPieces } from './pieces';

/** Where a variable lies. */
export interface Place {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly values: Omit<Values, 'data'> & { dtype: 'float32' | 'int32' };
}

const USAGE = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
const bytesOf = ({ shape }: { shape: readonly number[] }): number => Math.ceil(elements(shape) / 4) * 16;

/**
 * Named values that stay between runs. What is written together lies side by side, as far as the device's room for one
 * buffer goes, so that one kernel can update all of it; who is written again keeps its place.
 */
export class Variables {
  private readonly places = new Map<string, Place>();
  /** Names alive in each buffer. */
  private readonly tenants = new Map<GPUBuffer, Set<string>>();
  /** Grows when a place changes: bindings made before are then worthless. */
  version = 0;

  constructor(private readonly gpu: Gpu) {}

  /** @throws Fault('memory') where a variable is larger than any buffer that kernels may see whole. */
  write(values: Readonly<Record<string, Values>>): void {
    const entries = Object.entries(values);
    for (const [name, { shape, data }] of entries)
      if (data.length !== elements(shape)) throw new Error(`${name}: ${data.length} values for shape [${shape}]`);
    this.make(entries.filter(([name, value]) => !this.fits(name, value)));
    for (const [name, { data }] of entries) {
      const { buffer, offset } = this.place(name);
      if (data.byteLength > 0) this.gpu.device.queue.writeBuffer(buffer, offset, data as Float32Array<ArrayBuffer>);
    }
  }

  place(name: string): Place {
    const place = this.places.get(name);
    if (!place) throw new Error(`there is no variable '${name}'`);
    return place;
  }

  drop(names: readonly string[]): void {
    for (const name of names) {
      const place = this.places.get(name);
      if (!place) continue;
      this.places.delete(name);
      this.version++;
      const tenants = this.tenants.get(place.buffer);
      tenants?.delete(name);
      if (tenants?.size !== 0) continue;
      this.tenants.delete(place.buffer);
      place.buffer.destroy();
    }
  }

  /**
   * Moves variables that lie in several buffers into one.
   * @throws Fault('memory') where no buffer is large enough: for what one update of a variable takes.
   */
  gather(names: readonly string[]): void {
    const places = names.map((name) => this.place(name));
    if (new Set(places.map(({ buffer }) => buffer)).size <= 1) return;
    const size = places.reduce((sum, { values }) => sum + aligned(bytesOf(values)), 0);
    if (size > this.gpu.room) throw this.tooLarge(`What an update of '${names[0]}' takes`, size);
    const encoder = this.gpu.device.createCommandEncoder();
    const target = this.gpu.buffer('variables', size, USAGE());
    let offset = 0;
    const moved = places.map(({ buffer, offset: from, values }, i) => {
      encoder.copyBufferToBuffer(buffer, from, target, offset, bytesOf(values));
      const place = { buffer: target, offset, values };
      offset += aligned(bytesOf(values));
      return [names[i], place] as const;
    });
    this.gpu.device.queue.submit([encoder.finish()]);
    this.drop(names);
    this.tenants.set(target, new Set(names));
    for (const [name, place] of moved) this.places.set(name, place);
  }

  names(): string[] {
    return [...this.places.keys()];
  }

  bytes(): number {
    return [...this.tenants.keys()].reduce((sum, { size }) => sum + size, 0);
  }

  private fits(name: string, { shape, data }: Values): boolean {
    const values = this.places.get(name)?.values;
    const dtype = data instanceof Int32Array ? 'int32' : 'float32';
    return values !== undefined && `${values.shape}` === `${shape}` && values.dtype === dtype;
  }

  private make(entries: readonly (readonly [string, Values])[]): void {
    if (entries.length === 0) return;
    const sizeOf = ([, value]: (typeof entries)[number]) => aligned(bytesOf(value));
    const large = entries.find((entry) => sizeOf(entry) > this.gpu.room);
    if (large) throw this.tooLarge(`'${large[0]}'`, sizeOf(large));
    this.drop(entries.map(([name]) => name));
    for (const piece of inPieces(entries, sizeOf, this.gpu.room)) {
      const size = piece.reduce((sum, entry) => sum + sizeOf(entry), 0);
      const buffer = this.gpu.buffer('variables', size, USAGE());
      this.tenants.set(buffer, new Set(piece.map(([name]) => name)));
      let offset = 0;
      for (const entry of piece) {
        const [name, { shape, data }] = entry;
        const dtype = data instanceof Int32Array ? 'int32' : 'float32';
        this.places.set(name, { buffer, offset, values: { shape, dtype } });
        offset += sizeOf(entry);
      }
    }
    this.version++;
  }

  /** Not NoRoom: no smaller batch helps. */
  private tooLarge(what: string, bytes: number): Fault {
    const given = `the graphics device gives ${megabytes(this.gpu.room)} at a time`;
    return new Fault('memory', `${what} takes ${megabytes(bytes)}, and ${given}.`, 'Choose a narrower encoder.');
  }
}
