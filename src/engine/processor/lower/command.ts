import type { Cost } from '../../compiled/costs';
import type { Operations } from '../../compiled/operations';
import { Slot } from '../../compiled/slot';

/** A slot from a byte on. */
export interface Place {
  readonly slot: Slot;
  readonly offset: number;
}

/** A parameter of a kernel: a whole number, an address of a slot or a part of it, or the address of a list of numbers. */
export type Parameter = number | Slot | Place | readonly number[];

/** All tasks of one kernel. */
export interface Launch {
  readonly type: 'launch';
  /** By the name of a function of kernels/. */
  readonly kernel: string;
  /** Kind of node, for the profile: 'conv2d', 'conv2d dx'. */
  readonly label: string;
  readonly tasks: number;
  readonly parameters: readonly Parameter[];
  /** Multiply-adds count as two. */
  readonly flops: number;
}

/** y of a and b, element by element: y may be either. */
export interface Operation {
  readonly name: keyof typeof Operations;
  readonly y: Slot;
  readonly a: Slot;
  readonly b?: Slot;
  /** A number, or the slot of one that is fed. */
  readonly factor?: number | Slot;
}

/** Operations that are done on a few elements before they are done on the next. */
export interface Elementwise {
  readonly type: 'elementwise';
  readonly label: string;
  readonly elements: number;
  readonly operations: readonly Operation[];
  /** One copy of all of a variable's new value: it may be made in the variable's place from the first. */
  readonly update?: boolean;
}

export type Command = Launch | Elementwise;

export const slotOf = (parameter: Parameter): Slot | null => {
  if (parameter instanceof Slot) return parameter;
  return typeof parameter === 'object' && 'slot' in parameter ? parameter.slot : null;
};

export function touchedBy(command: Command): Slot[] {
  const touched =
    command.type === 'launch'
      ? command.parameters.map(slotOf)
      : command.operations.flatMap(({ y, a, b, factor }) => [y, a, b, factor]);
  return [...new Set(touched.filter((slot) => slot instanceof Slot))];
}

export const costOf = (command: Command): Cost => ({
  label: command.label,
  flops: command.type === 'launch' ? command.flops : 0,
  bytes: touchedBy(command).reduce((sum, { elements }) => sum + 4 * elements, 0),
});

/** The bits of a number as a kernel takes it: single precision among whole numbers. */
export const bits = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0];
