import type { Slot } from '../../compiled/slot';
import { aligned } from './alignment';
import { inPieces } from './pieces';

/** Bytes of slots side by side. */
export const bytesTogether = (slots: readonly Slot[]): number =>
  slots.reduce((sum, { bytes }) => sum + aligned(bytes), 0);

/** Slots by the buffer that they are to share: those of a set in one, and no more buffers than their room needs. */
export function grouped(sets: readonly (readonly Slot[])[], room: number): Slot[][] {
  const groups = new Map<Slot, Set<Slot>>();
  for (const set of sets) {
    const merged = new Set(set.flatMap((slot) => [...(groups.get(slot) ?? [slot])]));
    for (const slot of merged) groups.set(slot, merged);
  }
  const found = [...new Set(groups.values())].map((group) => [...group]);
  return inPieces(found, bytesTogether, room).map((pieces) => pieces.flat());
}
