import { type Program, programRoots, topological } from '../../graph/program';
import { elements, type Tensor } from '../../graph/tensor';
import { flopsOf } from '../definition';
import { rewrite } from '../plan/fusions/rewrite';
import { schedule } from '../schedule';
import { chained } from './chains';
import { type Command, Slot } from './command';
import { updatedInPlace } from './in_place';
import { Lowering } from './lowering';
import { ruleOf } from './rules';

/** A slot of a leaf, and the node that says its shape. */
export interface Leaf {
  readonly slot: Slot;
  readonly node: Tensor;
  /** A variable that nobody reads: it need not be there before. */
  readonly written?: boolean;
}

/** A program as commands over slots: no memory is touched yet. */
export interface Compiled {
  readonly name: string;
  readonly commands: readonly Command[];
  /** Variables read or written, by name, with the shape and dtype that the program takes them for. */
  readonly variables: ReadonlyMap<string, Leaf>;
  readonly inputs: ReadonlyMap<string, Leaf>;
  readonly scalars: ReadonlyMap<string, Slot>;
  readonly constants: readonly { readonly slot: Slot; readonly values: Float32Array | Int32Array }[];
  readonly outputs: ReadonlyMap<string, Leaf>;
}

/** Lowers a program: every node and every gradient becomes commands, every update ends in its variable. */
export function compile(written: Program, threads: number, zeros: number): Compiled {
  const program = rewrite(written, { activation: true, folded: true });
  const lowering = new Lowering(threads, zeros);
  const variables = new Map<string, Leaf>();
  const inputs = new Map<string, Leaf>();
  const constants: { slot: Slot; values: Float32Array | Int32Array }[] = [];

  const named = (among: Map<string, Leaf>, name: string, node: Tensor, home: 'kept' | 'variable', written = false) => {
    const leaf = among.get(name) ?? { slot: new Slot(name, elements(node.shape), home), node, written };
    among.set(name, leaf);
    return leaf.slot;
  };
  for (const node of topological(programRoots(program))) {
    if (node.kind === 'scalar') {
      const { name } = node.attributes;
      const slot = lowering.scalars.get(name) ?? new Slot(name, 1, 'kept');
      lowering.scalars.set(name, slot);
      lowering.set(node, slot);
    } else if (node.kind === 'constant') {
      const slot = new Slot('constant', elements(node.shape), 'kept');
      constants.push({ slot, values: node.attributes.values });
      lowering.set(node, slot);
    } else if (node.kind === 'variable') lowering.set(node, named(variables, node.attributes.name, node, 'variable'));
    else if (node.kind === 'input') lowering.set(node, named(inputs, node.attributes.name, node, 'kept'));
  }
  for (const step of schedule(program)) lower(step, lowering);

  const outputs = new Map(Object.entries(program.outputs).map(([name, node]) => [name, outputOf(lowering, node)]));
  update(lowering, program, (name, node) => named(variables, name, node, 'variable', true));
  const results = [...outputs.values()].map(({ slot }) => slot);
  const commands = chained(updatedInPlace(lowering.commands, results), results);
  return { name: program.name, commands, variables, inputs, scalars: lowering.scalars, constants, outputs };
}

function lower(step: ReturnType<typeof schedule>[number], to: Lowering): void {
  if (step.type === 'forward' || step.type === 'backward') to.flops = flopsOf(step.node);
  if (step.type === 'forward') ruleOf(step.node).value(step.node, to);
  else if (step.type === 'seed') {
    const { slot } = to.into(step.pass[0], step.pass);
    to.each('seed', 'fill', slot, slot, { factor: 1 });
  } else if (step.type === 'backward') {
    const dy = to.gradientOf(step.node, step.pass);
    // Batch norm's derivative runs through its moments in closed form: the moments themselves get no gradient.
    if (dy) ruleOf(step.node).gradients?.({ ...step, dy }, to);
  } else {
    const gradient = to.gradientOf(step.parameter, step.pass);
    if (gradient) to.set(step.node, gradient);
    else {
      const zeros = to.make(step.node);
      to.each('zeros', 'fill', zeros, zeros, { factor: 0 });
    }
  }
}

/** What is read once all is over; a copy where it is a variable's old value. */
function outputOf(to: Lowering, node: Tensor): Leaf {
  const held = to.of(node);
  if (held.home !== 'variable') return { slot: held, node };
  const slot = to.slot('output', held.elements);
  to.copy('output', held, slot);
  return { slot, node };
}

/** New values into their variables, all after everything has read the old ones. */
function update(to: Lowering, { updates }: Program, slotOf: (name: string, node: Tensor) => Slot): void {
  const moves = Object.entries(updates).map(([name, node]) => ({ slot: slotOf(name, node), from: to.of(node) }));
  // What another variable is to become must not be overwritten first.
  const safe = moves.map(({ slot, from }) => {
    if (from.home !== 'variable' || from === slot) return { slot, from };
    const copy = to.slot('old value', from.elements);
    to.copy('old value', from, copy);
    return { slot, from: copy };
  });
  for (const { slot, from } of safe) if (from !== slot) to.copy('update', from, slot, true);
}
