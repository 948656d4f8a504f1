import type { Slot } from './slot';

/** What is asked of a target's commands. */
export interface InPlace<Command> {
  /** Every slot that it reads or writes. */
  touched(command: Command): Iterable<Slot>;
  /** From and to of a copy that is all of a variable's new value. */
  update(command: Command): { readonly from: Slot; readonly to: Slot } | null;
  /** Whether what it makes may take the place of a slot, as far as it reads that. */
  replaces(command: Command, slot: Slot): boolean;
  /** The command with other slots; null where nothing is left to do. */
  renamed(command: Command, place: (slot: Slot) => Slot): Command | null;
}

/**
 * Spares the copies at the end of a step: a variable's new value is made in the variable's own place where nobody reads the old
 * value after that. The new value's slot then is the variable's slot.
 * @param fixed slots that stay where they are
 */
export function updatedInPlace<Command>(
  commands: readonly Command[],
  { touched, update, replaces, renamed }: InPlace<Command>,
  fixed: ReadonlySet<Slot>,
): Command[] {
  const touches = new Map<Slot, Set<number>>();
  const touch = (slot: Slot, index: number) => touches.set(slot, (touches.get(slot) ?? new Set<number>()).add(index));
  commands.forEach((command, index) => {
    for (const slot of touched(command)) touch(slot, index);
  });
  const moved = new Map<Slot, Slot>();
  const place = (slot: Slot): Slot => moved.get(slot) ?? slot;
  commands.forEach((command, index) => {
    const copy = update(command);
    if (!copy) return;
    const value = place(copy.from);
    if (value.home !== 'pool' || fixed.has(value)) return;
    const first = Math.min(...(touches.get(value) ?? []));
    const later = [...(touches.get(copy.to) ?? [])].some((other) => other > first && other !== index);
    if (later || !replaces(commands[first], copy.to)) return;
    moved.set(value, copy.to);
    for (const other of touches.get(value) ?? []) touch(copy.to, other);
  });
  return commands.map((command) => renamed(command, place)).filter((command) => command !== null);
}
