import { type Command, readsOf, writesOf } from './command';
import type { Slot } from './slot';

/**
 * Spares the copies at the end of a step: a variable's new value is made in the variable's own place where nobody reads
 * the old value after that. The new value's slot then is the variable's slot.
 */
export function updatedInPlace(commands: readonly Command[]): Command[] {
  const result = [...commands];
  const updates = result.filter((command) => command.type === 'copy' && command.update);
  for (const update of updates) {
    if (update.type !== 'copy') continue;
    const found = placeable(result, update.from, update.to, result.indexOf(update));
    if (!found) continue;
    for (const command of found.spared) result.splice(result.indexOf(command), 1);
    for (let i = 0; i < result.length; i++) result[i] = renamed(result[i], update.from, update.to);
  }
  return result;
}

/** Which commands are spared when `temporary` is put in the place of `variable`; null when it must not be. */
function placeable(
  commands: readonly Command[],
  temporary: Slot,
  variable: Slot,
  updateAt: number,
): { spared: Command[] } | null {
  if (temporary.home !== 'pool' || temporary.elements !== variable.elements) return null;
  const update = commands[updateAt];
  // Variables may share a buffer, and a copy within one buffer is not allowed.
  const copiedOn = commands.some(
    (other) =>
      other !== update && other.type !== 'dispatch' && other.from === temporary && other.to.home === 'variable',
  );
  if (copiedOn) return null;
  const first = commands.findIndex((command) => writesOf(command).includes(temporary));
  const beginning = commands[first];
  const touchedLater = commands
    .slice(first + 1)
    .some((command) => command !== update && [...readsOf(command), ...writesOf(command)].includes(variable));
  if (touchedLater) return null;
  if (beginning.type === 'copy')
    return beginning.from === variable && beginning.elements === variable.elements && beginning.toOffset === 0
      ? { spared: [beginning, update] }
      : null;
  if (beginning.type === 'ring') return null;
  const names = Object.entries(beginning.reads).filter(([, [slot]]) => slot === variable);
  const alone = names.every(([name]) => name === beginning.inPlace);
  return alone ? { spared: [update] } : null;
}

function renamed(command: Command, from: Slot, to: Slot): Command {
  const other = (slot: Slot): Slot => (slot === from ? to : slot);
  if (command.type !== 'dispatch') return { ...command, from: other(command.from), to: other(command.to) };
  const operands = (of: typeof command.reads) =>
    Object.fromEntries(Object.entries(of).map(([name, [slot, element]]) => [name, [other(slot), element] as const]));
  return { ...command, reads: operands(command.reads), writes: operands(command.writes) };
}
