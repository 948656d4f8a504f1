import type { Dtype } from '../../graph/tensor';

/**
 * Where a slot's bytes live:
 * - pool: memory that other slots use before and after it;
 * - kept: memory of its own for the whole life of the plan (what is fed, constants);
 * - sums: side by side with others in one buffer, so that one dispatch can read them all (gradients, statistics);
 * - variable: the executor's variable of that name.
 */
export type Home = 'pool' | 'kept' | 'sums' | 'variable';

export interface SlotOptions {
  readonly home?: Home;
  readonly dtype?: Dtype;
  /** Kept in half precision: kernels convert what they load and store. */
  readonly half?: boolean;
}

/** A run of elements in a plan's memory. Its place is decided when all commands that touch it are known. */
export class Slot {
  readonly home: Home;
  readonly dtype: Dtype;
  readonly half: boolean;

  constructor(
    readonly label: string,
    readonly elements: number,
    { home = 'pool', dtype = 'float32', half = false }: SlotOptions = {},
  ) {
    [this.home, this.dtype, this.half] = [home, dtype, half];
  }

  get elementBytes(): number {
    return this.half ? 2 : 4;
  }

  /** Whole lines of a cache, and so whole vectors: these may reach over the end. */
  get bytes(): number {
    return Math.max(1, Math.ceil((this.elements * this.elementBytes) / 64)) * 64;
  }
}

/**
 * What a tensor is in memory: element i is factor * sum over j < count of slot[offset + j * stride + i]. Most are one
 * run as it stands (count 1); partial sums of a gradient stay apart until somebody needs them, and the optimizer adds
 * them up while it reads.
 */
export interface Value {
  readonly slot: Slot;
  readonly offset: number;
  readonly count: number;
  readonly stride: number;
  readonly factor: number;
}

export const whole = (slot: Slot): Value => ({ slot, offset: 0, count: 1, stride: 0, factor: 1 });

/** Whether a value of `size` elements is its slot as it stands. The beginning of a longer one is not. */
export const isWhole = ({ slot, offset, count, factor }: Value, size: number): boolean =>
  slot.elements === size && offset === 0 && count === 1 && factor === 1;
