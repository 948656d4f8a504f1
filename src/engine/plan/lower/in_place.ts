import type { InPlace } from '../../compiled/in_place';
import * as compiled from '../../compiled/in_place';
import type { Slot } from '../../compiled/slot';
import { type Command, readsOf, writesOf } from './command';

const rules: InPlace<Command> = {
  touched: (command) => [...readsOf(command), ...writesOf(command)],
  update: (command) => (command.type === 'copy' && command.update ? command : null),
  replaces: (command, slot) => {
    if (command.type === 'copy')
      return command.from === slot && command.elements === slot.elements && command.toOffset === 0;
    if (command.type === 'ring') return false;
    return Object.entries(command.reads).every(([name, [read]]) => read !== slot || name === command.inPlace);
  },
  renamed: (command, place) => {
    if (command.type !== 'dispatch') {
      const [from, to] = [place(command.from), place(command.to)];
      return command.type === 'copy' && from === to ? null : { ...command, from, to };
    }
    const operands = (of: typeof command.reads) =>
      Object.fromEntries(Object.entries(of).map(([name, [slot, element]]) => [name, [place(slot), element] as const]));
    return { ...command, reads: operands(command.reads), writes: operands(command.writes) };
  },
};

/** Commands whose updates are made in place, as far as they can. */
export function updatedInPlace(commands: readonly Command[]): Command[] {
  // Variables may share a buffer, and a copy within one buffer is not allowed: what goes to several stays apart.
  const copied = commands.flatMap((command) =>
    command.type !== 'dispatch' && command.to.home === 'variable' ? [command.from] : [],
  );
  const several = new Set<Slot>(copied.filter((slot, i) => copied.indexOf(slot) !== i));
  return compiled.updatedInPlace(commands, rules, several);
}
