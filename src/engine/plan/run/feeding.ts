import { elements } from '../../../graph/tensor';
import { KINDS } from '../../checks';
import type { Input } from '../../compiled/program';
import type { Feeds } from '../../executor';
import { aligned } from '../memory/alignment';
import type { Gpu } from './gpu';

interface Fed {
  name: string;
  offset: number;
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
      const part = { name, offset, host: new KINDS[type](this.bytes.buffer, offset, length) };
      offset += aligned(slot.bytes);
      return part;
    });
  }

  /** Where an input begins, in bytes. */
  offsetOf(input: string): number {
    return (this.fed.find(({ name }) => name === input) as Fed).offset;
  }

  /** What a run is fed, on its way to the device. */
  write(feeds: Feeds): void {
    for (let i = 0; i < this.scalars.length; i++) this.numbers[i] = feeds[this.scalars[i]] as number;
    for (const { name, host } of this.fed) host.set(feeds[name] as Float32Array);
    this.gpu.device.queue.writeBuffer(this.buffer, 0, this.bytes);
  }
}
