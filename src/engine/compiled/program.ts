import type { Program } from '../../graph/program';
import { elements, type Tensor } from '../../graph/tensor';
import type { Fed } from '../checks';
import { flopsOf } from '../definition';
import { schedule } from '../schedule';
import type { Lowering } from './lowering';
import type { Lowered } from './rule';
import type { Slot } from './slot';

/** A variable and where its values are. */
export interface Leaf {
  readonly slot: Slot;
  readonly node: Tensor;
}

/** Fixed values, written once. */
export interface Constant {
  readonly slot: Slot;
  readonly values: Float32Array | Int32Array;
}

/** An array that each run is fed, and where it goes. */
export interface Input extends Fed {
  readonly slot: Slot;
}

/** A program as commands over slots: no memory is touched yet. */
export interface Compiled<Command> {
  readonly name: string;
  readonly commands: readonly Command[];
  /** Variables read or written, by name, with the shape and dtype that the program takes them for. */
  readonly variables: ReadonlyMap<string, Leaf>;
  readonly inputs: ReadonlyMap<string, Input>;
  readonly constants: readonly Constant[];
}

/** The leaves of a program while it is compiled. */
export class Leaves {
  readonly variables = new Map<string, Leaf>();
  readonly constants: Constant[] = [];

  constructor(
    private readonly to: Lowering,
    readonly inputs = new Map<string, Input>(),
    /** Inputs that are made, not fed. */
    private readonly made: ReadonlyMap<string, Slot> = new Map(),
  ) {}

  /** Gives every leaf among the nodes its slot. */
  take(nodes: readonly Tensor[]): void {
    for (const node of nodes) {
      if (node.kind === 'scalar') this.to.feed(node);
      else if (node.kind === 'constant') this.to.set(node, this.constant(node.attributes.values));
      else if (node.kind === 'variable') this.to.set(node, this.variable(node.attributes.name, node));
      else if (node.kind === 'input') this.to.set(node, this.input(node));
    }
  }

  /** A variable's slot; one that is written and never read has no leaf. */
  readonly variable = (name: string, node: Tensor): Slot => {
    const { shape, dtype } = node;
    const leaf = this.variables.get(name) ?? {
      slot: this.to.slot(name, elements(shape), { home: 'variable', dtype }),
      node,
    };
    this.variables.set(name, leaf);
    return leaf.slot;
  };

  constant(values: Constant['values']): Slot {
    const dtype = values instanceof Int32Array ? 'int32' : 'float32';
    const slot = this.to.slot('constant', values.length, { home: 'kept', dtype });
    this.constants.push({ slot, values });
    return slot;
  }

  private input({ attributes: { name }, shape, dtype }: Tensor<'input'>): Slot {
    const known = this.made.get(name) ?? this.inputs.get(name)?.slot;
    const slot = known ?? this.to.slot(name, elements(shape), { home: 'kept', dtype });
    if (slot.elements !== elements(shape)) throw new Error(`'${name}' is no input [${shape}]`);
    if (!known) this.inputs.set(name, { slot, shape, type: dtype });
    return slot;
  }
}

/** Lowers every node and every gradient, but those that somebody else makes. */
export function lowerNodes<To extends Lowering>(
  program: Program,
  to: To,
  leaves: Leaves,
  ruleOf: (node: Tensor) => Lowered<Tensor, To>,
  others: ReadonlySet<Tensor> = new Set(),
): void {
  for (const step of schedule(program)) {
    if (step.type === 'forward' && others.has(step.node)) continue;
    if (step.type === 'forward' || step.type === 'backward') to.flops = flopsOf(step.node);
    if (step.type === 'forward') ruleOf(step.node).value(step.node, to);
    else if (step.type === 'seed') to.give(step.pass[0], step.pass, leaves.constant(Float32Array.of(1)));
    else if (step.type === 'backward') {
      const dy = to.gradientOf(step.node, step.pass);
      if (dy) ruleOf(step.node).gradients?.({ ...step, dy }, to);
    } else {
      const gradient = to.gradientValue(step.parameter, step.pass);
      to.set(step.node, gradient ?? leaves.constant(new Float32Array(elements(step.parameter.shape))));
    }
  }
}

/**
 * New values into their variables, all after everything has read the old ones.
 * @param between what comes when all that the values are made of has been read
 */
export function lowerUpdates(
  updates: readonly (readonly [name: string, node: Tensor])[],
  to: Lowering,
  leaves: Leaves,
  between: () => void = () => undefined,
): void {
  const moves = updates.map(([name, node]) => ({ slot: leaves.variable(name, node), from: to.of(node) }));
  // What another variable is to become must not be overwritten first.
  const safe = moves.map(({ slot, from }) => {
    if (from.home !== 'variable' || from === slot) return { slot, from };
    const copy = to.slot('old value', from.elements, { dtype: from.dtype });
    to.copy('old value', from, copy);
    return { slot, from: copy };
  });
  between();
  for (const { slot, from } of safe) if (from !== slot) to.copy('update', from, slot, { update: true });
}
