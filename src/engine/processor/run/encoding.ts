import { Operations } from '../../compiled/operations';
import { Slot } from '../../compiled/slot';
import { Scratch } from '../lower/chains';
import { bits, type Command, type Elementwise, type Parameter } from '../lower/command';

/** Bytes on which elementwise operations are done one after another, and of a task of them; kernels/elementwise.ts. */
const BLOCK = 4096;
const TASK = 8 * BLOCK;

/** A number by which a list is pointed to before lists have addresses: lists lie behind each other in the order of their use. */
type Word = number | readonly number[];

export interface Encoded {
  /** Words of all commands, one behind another, and of the lists that they point to. */
  readonly words: readonly number[];
  readonly lists: readonly number[];
  /** Words of each command. */
  readonly lengths: readonly number[];
}

/**
 * Commands as kernels/index.ts reads them: length in words, kernel, tasks, parameters.
 * @param kernels their names by number
 * @param lists address where the lists will lie
 */
export function encoded(
  commands: readonly Command[],
  kernels: readonly string[],
  address: (slot: Slot) => number,
  lists: number,
): Encoded {
  const all: number[] = [];
  const words: number[] = [];
  const lengths: number[] = [];
  for (const command of commands) {
    const given = command.type === 'launch' ? command.parameters : operationsOf(command, address);
    const kernel = command.type === 'launch' ? command.kernel : 'elementwise';
    const parameters = given.map((parameter) => {
      const word = wordOf(parameter, address);
      if (typeof word === 'number') return word;
      all.push(...word);
      return lists + 4 * (all.length - word.length);
    });
    const number = kernels.indexOf(kernel);
    if (number < 0) throw new Error(`there is no kernel '${kernel}'`);
    words.push(3 + parameters.length, number, tasksOf(command), ...parameters);
    lengths.push(3 + parameters.length);
  }
  return { words, lists: all, lengths };
}

function wordOf(parameter: Parameter, address: (slot: Slot) => number): Word {
  if (typeof parameter === 'number') return parameter;
  if (parameter instanceof Slot) return address(parameter);
  return 'slot' in parameter ? address(parameter.slot) + parameter.offset : parameter;
}

/** Whole vectors. */
const bytesOf = ({ elements }: Elementwise): number => Math.ceil(elements / 4) * 16;

/** Into how many parts a command is cut, which threads take. */
export const tasksOf = (command: Command): number =>
  command.type === 'launch' ? command.tasks : Math.ceil(bytesOf(command) / TASK);

function operationsOf(command: Elementwise, address: (slot: Slot) => number): Parameter[] {
  const addressOf = (slot: Slot): number => (slot instanceof Scratch ? slot.place * BLOCK : address(slot));
  const flag = (slot: Slot, value: number): number => (slot instanceof Scratch ? value : 0);
  const operations = command.operations.flatMap(({ name, y, a, b = a, factor = 0 }): Parameter[] => [
    ...[Operations[name], addressOf(y), addressOf(a), addressOf(b)],
    typeof factor === 'number' ? [bits(factor)] : factor,
    flag(y, 1) + flag(a, 2) + flag(b, 4),
  ]);
  return [bytesOf(command), TASK, command.operations.length, ...operations];
}
