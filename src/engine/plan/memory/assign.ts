import type { Slot } from '../../compiled/slot';
import { type Command, readsOf, writesOf } from '../lower/command';

/** Where in another slot one lies, from a byte on. */
export interface Part {
  readonly of: Slot;
  readonly offset: number;
}

/** How slots share memory: each buffer's bytes, and the buffer of each pooled slot. */
export interface Assignment {
  readonly sizes: readonly number[];
  readonly buffers: ReadonlyMap<Slot, number>;
}

/**
 * Gives every pooled slot a buffer from its first command to its last: the smallest free one that is large enough, and
 * not so large that something else would miss it; else a new one.
 */
export function assign(commands: readonly Command[]): Assignment {
  const last = new Map<Slot, number>();
  const touched = commands.map((command) => [...new Set([...readsOf(command), ...writesOf(command)])].filter(pooled));
  touched.forEach((slots, index) => {
    for (const slot of slots) last.set(slot, index);
  });
  const sizes: number[] = [];
  const free = new Set<number>();
  const buffers = new Map<Slot, number>();
  touched.forEach((slots, index) => {
    for (const slot of slots) if (!buffers.has(slot)) buffers.set(slot, take(slot.bytes, sizes, free));
    for (const slot of slots) if (last.get(slot) === index) free.add(buffers.get(slot) as number);
  });
  return { sizes, buffers };
}

const pooled = ({ home }: Slot): boolean => home === 'pool';

function take(bytes: number, sizes: number[], free: Set<number>): number {
  const fitting = [...free].filter((buffer) => sizes[buffer] >= bytes && sizes[buffer] <= 2 * bytes);
  if (fitting.length === 0) return sizes.push(bytes) - 1;
  const buffer = fitting.reduce((best, other) => (sizes[other] < sizes[best] ? other : best));
  free.delete(buffer);
  return buffer;
}
