import { type Command, type Operation, type Parameter, Slot, touchedBy } from './command';

/**
 * Spares the copies at the end of a step: a variable's new value is made in the variable's own place where nobody reads the old
 * value after that. The new value's slot then is the variable's slot.
 * @param results slots that are read once all is over
 */
export function updatedInPlace(commands: readonly Command[], results: readonly Slot[]): Command[] {
  const touches = new Map<Slot, Set<number>>();
  const touch = (slot: Slot, index: number) => touches.set(slot, (touches.get(slot) ?? new Set<number>()).add(index));
  commands.forEach((command, index) => {
    for (const slot of touchedBy(command)) touch(slot, index);
  });
  const moved = new Map<Slot, Slot>();
  const place = (slot: Slot): Slot => moved.get(slot) ?? slot;
  commands.forEach((command, index) => {
    if (command.type !== 'elementwise' || !command.update) return;
    const [{ y: variable, a }] = command.operations;
    const value = place(a);
    if (value.home !== 'pool' || results.includes(value)) return;
    const first = Math.min(...(touches.get(value) ?? []));
    const later = [...(touches.get(variable) ?? [])].filter((other) => other > first && other !== index);
    if (later.length > 0) return;
    // Element by element a value may take the place of what it is made of.
    if (commands[first].type === 'launch' && touches.get(variable)?.has(first)) return;
    moved.set(value, variable);
    for (const other of touches.get(value) ?? []) touch(variable, other);
  });
  return commands.map((command) => renamed(command, place)).filter((command) => command !== null);
}

/** Null where nothing is left to do. */
function renamed(command: Command, place: (slot: Slot) => Slot): Command | null {
  if (command.type === 'launch') {
    const parameter = (value: Parameter): Parameter => {
      if (value instanceof Slot) return place(value);
      return typeof value === 'object' && 'slot' in value ? { ...value, slot: place(value.slot) } : value;
    };
    return { ...command, parameters: command.parameters.map(parameter), writes: command.writes.map(place) };
  }
  const operations = command.operations
    .map(
      ({ name, y, a, b, factor }): Operation => ({
        ...{ name, y: place(y), a: place(a), b: b && place(b) },
        factor: factor instanceof Slot ? place(factor) : factor,
      }),
    )
    .filter(({ name, y, a }) => name !== 'copy' || y !== a);
  return operations.length > 0 ? { ...command, operations } : null;
}
