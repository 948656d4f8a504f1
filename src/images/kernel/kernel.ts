import { assemble } from '../../core/assemble';
import { blendColumns, blendRows } from './blend';
import { colours } from './colours';
import { separateName, separations } from './separate';

/** The loops, and the memory that they work in. All parameters are numbers of bytes or of things. */
export interface Kernel {
  memory: WebAssembly.Memory;
  blendRows(
    src: number,
    stride: number,
    offsets: number,
    weights: number,
    pairs: number,
    dst: number,
    dstStride: number,
    count: number,
    rows: number,
  ): void;
  blendColumns(
    src: number,
    srcStride: number,
    firsts: number,
    weights: number,
    groups: number,
    dst: number,
    quads: number,
    columns: number,
    rows: number,
  ): void;
  separate(channels: number, channel: number, src: number, dst: number, count: number): void;
  colours(luma: number, chromaBlue: number, chromaRed: number, table: number, dst: number, count: number): void;
}

type Loops = Omit<Kernel, 'memory' | 'separate'>;
type Separation = (src: number, dst: number, count: number) => void;

/** A kernel with a memory of its own. */
export function createKernel(): Kernel {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(assemble([blendRows, blendColumns, colours, ...separations]));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const separate: Kernel['separate'] = (channels, channel, src, dst, count) =>
    (exports[separateName(channels, channel)] as Separation)(src, dst, count);
  return { memory, ...(exports as unknown as Loops), separate };
}
