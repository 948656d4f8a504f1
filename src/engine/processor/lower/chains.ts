import { Slot } from '../../compiled/slot';
import { type Command, type Elementwise, touchedBy } from './command';

/** Operations of a chain; values of a chain that fit into a thread's scratch beside each other (kernels/elementwise.ts). */
const MOST = 24;

/** Elementwise commands in a row, on as many elements, as one: an optimizer's step then moves each weight once. */
export function chained(commands: readonly Command[], results: ReadonlySet<Slot>): Command[] {
  const made: Command[] = [];
  for (const command of commands) {
    const last = made.at(-1);
    if (command.type === 'elementwise' && last?.type === 'elementwise' && fits(last, command))
      made[made.length - 1] = { ...last, operations: [...last.operations, ...command.operations] };
    else made.push(command);
  }
  return inScratch(made, results);
}

function fits(chain: Elementwise, next: Elementwise): boolean {
  if (chain.elements !== next.elements || chain.operations.length >= MOST) return false;
  // A number must be known before the chain begins, not be one of its values.
  const written = new Set(chain.operations.map(({ y }) => y));
  return next.operations.every(({ factor }) => !(factor instanceof Slot && written.has(factor)));
}

/** Where a value that only lives within a chain lies: a place of every thread's scratch. */
export class Scratch extends Slot {
  constructor(
    elements: number,
    readonly place: number,
  ) {
    super('scratch', elements, { home: 'kept' });
  }
}

function inScratch(commands: readonly Command[], results: ReadonlySet<Slot>): Command[] {
  const uses = new Map<Slot, number>();
  for (const command of commands) for (const slot of touchedBy(command)) uses.set(slot, (uses.get(slot) ?? 0) + 1);
  for (const slot of results) uses.set(slot, (uses.get(slot) ?? 0) + 1);
  return commands.map((command) => {
    if (command.type === 'launch' || command.operations.length === 1) return command;
    const places = new Map<Slot, Scratch>();
    const place = (slot: Slot): Slot => {
      if (slot.home !== 'pool' || uses.get(slot) !== 1) return slot;
      const found = places.get(slot) ?? new Scratch(slot.elements, places.size);
      places.set(slot, found);
      return found;
    };
    const operations = command.operations.map((operation) => ({
      ...operation,
      ...{ y: place(operation.y), a: place(operation.a), b: operation.b && place(operation.b) },
    }));
    return { ...command, operations };
  });
}
