import type { InPlace } from '../../compiled/in_place';
import { Slot } from '../../compiled/slot';
import { type Command, type Operation, type Parameter, touchedBy } from './command';

export const IN_PLACE: InPlace<Command> = {
  touched: touchedBy,
  update: (command) => {
    if (command.type !== 'elementwise' || !command.update) return null;
    const [{ y, a }] = command.operations;
    return { from: a, to: y };
  },
  // Element by element a value may take the place of what it is made of.
  replaces: (command, slot) => command.type === 'elementwise' || !touchedBy(command).includes(slot),
  renamed: (command, place) => {
    if (command.type === 'launch') {
      const parameter = (value: Parameter): Parameter => {
        if (value instanceof Slot) return place(value);
        return typeof value === 'object' && 'slot' in value ? { ...value, slot: place(value.slot) } : value;
      };
      return { ...command, parameters: command.parameters.map(parameter) };
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
  },
};
