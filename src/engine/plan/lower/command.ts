import type { Cost } from '../../compiled/costs';
import { Slot } from '../../compiled/slot';
import type { Update } from '../kernels/update_kernel';

/** How a kernel sees a slot. Integers are i32 and bytes packed in u32. */
export type Element = 'f32' | 'vec4f' | 'i32' | 'u32';

/** A slot as the kernel's code sees it. */
export type Operand = readonly [slot: Slot, element: Element];

/** One launch of a WGSL kernel whose sizes are constants in its code. */
export interface Dispatch {
  readonly type: 'dispatch';
  /** Kind of kernel, for the profile: 'conv2d', 'conv2d dx'. */
  readonly label: string;
  readonly reads: Readonly<Record<string, Operand>>;
  readonly writes: Readonly<Record<string, Operand>>;
  /**
   * Threads that have work, each with its index `t`; or workgroups of `size` threads that share memory, each thread with
   * its `local` index in its workgroup `group`.
   */
  readonly threads?: number;
  readonly workgroups?: { readonly count: number; readonly size: number; readonly shared: string };
  /**
   * Statements, which read an operand x by `load_x(index)` and write it by `store_x(index, value)`, whatever precision its slot
   * has. Variables inside loops are given their zeros: SwiftShader keeps what the last round left in them, against the standard.
   */
  readonly body: string;
  /** Helper functions, if any. */
  readonly functions?: string;
  /** The kernel reads this operand only at the elements it writes: the result may take the operand's place. */
  readonly inPlace?: string;
  /** The kernel updates variables that it finds by a table. */
  readonly update?: Update;
  /** Multiply-adds count as two. */
  readonly flops?: number;
}

/** A copy between slots, in elements. */
export interface Copy {
  readonly type: 'copy';
  readonly label: string;
  readonly from: Slot;
  readonly to: Slot;
  readonly fromOffset: number;
  readonly toOffset: number;
  readonly elements: number;
  /** All of a variable's new value: it may be made in the variable's place from the first. */
  readonly update: boolean;
}

/** Rows written into a ring at a place that each run decides: at most two copies. */
export interface RingCopy {
  readonly type: 'ring';
  readonly label: string;
  readonly from: Slot;
  readonly to: Slot;
  /** Elements of a row; rows of the ring; rows to be written. */
  readonly row: number;
  readonly rows: number;
  readonly count: number;
  /** Name of the scalar that says where the first row goes. */
  readonly pointer: string;
}

export type Command = Dispatch | Copy | RingCopy;

const touched = ({ update }: Dispatch): Slot[] => update?.segments.flatMap(({ variables }) => variables) ?? [];

export const readsOf = (command: Command): Slot[] =>
  command.type === 'dispatch'
    ? [...Object.values(command.reads).map(([slot]) => slot), ...touched(command)]
    : [command.from];

export const writesOf = (command: Command): Slot[] =>
  command.type === 'dispatch'
    ? [...Object.values(command.writes).map(([slot]) => slot), ...touched(command)]
    : [command.to];

/** Its bytes are those that it has to move at least: each operand once, each variable that it updates and each of its sums. */
export function costOf({ label, flops = 0, reads, writes, update }: Dispatch): Cost {
  const operands = [...Object.values(reads), ...Object.values(writes)].reduce((sum, [slot]) => sum + slot.bytes, 0);
  const updated = (update?.segments ?? []).reduce((sum, { elements, variables, sources }) => {
    const runs = variables.length + (update?.written.length ?? 0) + sources.reduce((all, { count }) => all + count, 0);
    return sum + 4 * elements * runs;
  }, 0);
  return { label, flops, bytes: operands + updated };
}

/** The whole buffer that a program's updated variables lie in, and the whole buffer of its sums. */
export const VARIABLES = new Slot('all variables', 0, { home: 'variable' });
export const SUMS = new Slot('all sums', 0, { home: 'sums' });
