import type { Slot } from '../../compiled/slot';
import { type Command, touchedBy } from '../lower/command';

/** Where pooled slots lie in one range of memory, and how long that is. */
export interface Placing {
  readonly bytes: number;
  readonly offsets: ReadonlyMap<Slot, number>;
}

interface Span {
  slot: Slot;
  first: number;
  last: number;
  offset: number;
}

/**
 * Gives every pooled slot a place from its first command to its last: the large ones first, each as low as those that live at the
 * same time leave room.
 * @param results slots that are read once all is over
 */
export function placed(commands: readonly Command[], results: readonly Slot[]): Placing {
  const spans = new Map<Slot, Span>();
  const touch = (slot: Slot, index: number) => {
    if (slot.home !== 'pool') return;
    const span = spans.get(slot);
    if (span) span.last = index;
    else spans.set(slot, { slot, first: index, last: index, offset: 0 });
  };
  commands.forEach((command, index) => {
    for (const slot of touchedBy(command)) touch(slot, index);
  });
  for (const slot of results) touch(slot, commands.length);
  const settled: Span[] = [];
  let bytes = 0;
  for (const span of [...spans.values()].sort((a, b) => b.slot.bytes - a.slot.bytes)) {
    for (const other of settled) {
      if (other.first > span.last || other.last < span.first) continue;
      if (other.offset >= span.offset + span.slot.bytes) break;
      span.offset = Math.max(span.offset, other.offset + other.slot.bytes);
    }
    const after = settled.findIndex(({ offset }) => offset > span.offset);
    settled.splice(after < 0 ? settled.length : after, 0, span);
    bytes = Math.max(bytes, span.offset + span.slot.bytes);
  }
  return { bytes, offsets: new Map(settled.map(({ slot, offset }) => [slot, offset])) };
}
