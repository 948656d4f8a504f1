import { elements, type Shape } from '../../graph/tensor';
import type { Feeds } from '../executor';
import { aligned } from './alignment';
import type { Gpu } from './gpu';
import type { Slot } from './slot';

const KINDS = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array, uint32: Uint32Array };

/** An array that each run is fed, and where kernels find it. */
export interface Input {
  readonly slot: Slot;
  readonly shape: Shape;
  readonly type: keyof typeof KINDS;
}

interface Fed {
  name: string;
  offset: number;
  shape: Shape;
  length: number;
  type: Input['type'];
  /** Its part of what is written. */
  host: InstanceType<(typeof KINDS)[Input['type']]>;
}

const numberBytes = (count: number): number => Math.max(16, Math.ceil(count / 4) * 16);

/** Bytes of the buffer, before it is made. */
export const feedingBytes = (inputs: ReadonlyMap<string, Input>, scalars: readonly string[]): number =>
  [...inputs.values()].reduce((sum, { slot }) => sum + aligned(slot.bytes), aligned(numberBytes(scalars.length)));

/** All that a run is fed, side by side in one buffer that one call writes: the numbers first, then the inputs. */
export class Feeding {
  readonly buffer: GPUBuffer;
  /** Bytes of the numbers, at the beginning. */
  readonly numberBytes: number;
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly numbers: Float32Array;
  private readonly fed: readonly Fed[];

  constructor(
    private readonly gpu: Gpu,
    private readonly program: string,
    inputs: ReadonlyMap<string, Input>,
    private readonly scalars: readonly string[],
  ) {
    const { UNIFORM, STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const size = feedingBytes(inputs, scalars);
    this.buffer = gpu.buffer('fed', size, UNIFORM | STORAGE | COPY_SRC | COPY_DST);
    this.bytes = new Uint8Array(size);
    this.numberBytes = numberBytes(scalars.length);
    this.numbers = new Float32Array(this.bytes.buffer, 0, scalars.length);
    let offset = aligned(this.numberBytes);
    this.fed = [...inputs].map(([name, { slot, shape, type }]) => {
      const length = elements(shape);
      const part = { name, offset, shape, length, type, host: new KINDS[type](this.bytes.buffer, offset, length) };
      offset += aligned(slot.bytes);
      return part;
    });
  }

  /** Where an input begins, in bytes. */
  offsetOf(input: string): number {
    return (this.fed.find(({ name }) => name === input) as Fed).offset;
  }

  /** Throws where something is not fed as it must be: nothing is written then. */
  check(feeds: Feeds): void {
    const wrong = (name: string, what: string) => new Error(`${this.program}: '${name}' ${what}`);
    for (const name of this.scalars) {
      if (feeds[name] === undefined) throw wrong(name, 'was not fed');
      if (typeof feeds[name] !== 'number') throw wrong(name, 'must be fed with a number');
    }
    for (const { name, shape, length, type } of this.fed) {
      const fed = feeds[name];
      if (fed === undefined) throw wrong(name, 'was not fed');
      if (typeof fed === 'number' || fed.length !== length) throw wrong(name, `must be fed with [${shape}]`);
      if (!(fed instanceof KINDS[type])) throw wrong(name, `must be fed with ${type}`);
    }
  }

  /** What was checked, on its way to the device. */
  write(feeds: Feeds): void {
    for (let i = 0; i < this.scalars.length; i++) this.numbers[i] = feeds[this.scalars[i]] as number;
    for (const { name, host } of this.fed) host.set(feeds[name] as Float32Array);
    this.gpu.device.queue.writeBuffer(this.buffer, 0, this.bytes);
  }
}
