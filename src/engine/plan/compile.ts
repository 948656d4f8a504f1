import { type Program, programRoots, topological } from '../../graph/program';
import { elements, type Tensor } from '../../graph/tensor';
import { flopsOf } from '../definition';
import { isLeaf, schedule } from '../schedule';
import { CHOICES, type MadeViews, PIXELS } from '../views';
import { augmentKernels, slotsOf } from './augment/kernels';
import type { Command } from './command';
import type { Input } from './feeding';
import { rewrite } from './fusions/rewrite';
import { halveFilters } from './half_filters';
import { Lowering } from './lowering';
import { ruleOf } from './rules';
import { type Slot, whole } from './slot';
import type { Tuning } from './tuning';
import { updateAll } from './update_kernel';
import { clustersOf } from './updates';

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

/** A program as commands over slots: nothing of the device is touched yet. */
export interface Compiled {
  readonly name: string;
  readonly commands: readonly Command[];
  /** Variables read or written, by name, with the shape and dtype that the program takes them for. */
  readonly variables: ReadonlyMap<string, Leaf>;
  readonly inputs: ReadonlyMap<string, Input>;
  /** Slots that are a part of another one, from a byte on. */
  readonly parts: ReadonlyMap<Slot, { readonly of: Slot; readonly offset: number }>;
  readonly constants: readonly Constant[];
  readonly outputs: ReadonlyMap<string, Slot>;
  /** Names of the run's numbers, in the order in which kernels index them. */
  readonly scalars: readonly string[];
}

/** Lowers a program: every node and every gradient becomes kernels, every update ends in its variable, views are made first. */
export function compile(written: Program, tuning: Tuning, views?: MadeViews): Compiled {
  const program = rewrite(written, tuning.fuse);
  const roots = programRoots(program);
  const nodes = topological(roots);
  const lowering = new Lowering(tuning, usersOf(nodes), program.precision);
  const variables = new Map<string, Leaf>();
  const { inputs, parts, made } = viewsInto(lowering, views);
  const constants: Constant[] = [];

  for (const node of nodes) {
    if (!isLeaf(node)) continue;
    const { dtype } = node;
    const size = elements(node.shape);
    if (node.kind === 'scalar') lowering.scalar(node.attributes.name);
    else if (node.kind === 'constant') {
      const slot = lowering.slot('constant', size, { home: 'kept', dtype });
      constants.push({ slot, values: node.attributes.values });
      lowering.set(node, whole(slot));
    } else if (node.kind === 'variable') {
      const { name } = node.attributes;
      const slot = variables.get(name)?.slot ?? lowering.slot(name, size, { home: 'variable', dtype });
      variables.set(name, { slot, node });
      lowering.set(node, whole(slot));
    } else if (node.kind === 'input') {
      const { name } = node.attributes;
      const fed = made.get(name) ?? inputs.get(name)?.slot;
      const slot = fed ?? lowering.slot(name, size, { home: 'kept', dtype });
      if (slot.elements !== size) throw new Error(`${program.name}: '${name}' is no view [${node.shape}]`);
      if (!fed) inputs.set(name, { slot, shape: node.shape, type: dtype });
      lowering.set(node, whole(slot));
    }
  }

  const slotOf = (name: string) => (variables.get(name) as Leaf).slot;
  const clusters = tuning.fuse.updates ? clustersOf(program, lowering.users, (name) => lowering.scalar(name)) : [];
  const early = clusters.filter((cluster) => cluster.early);
  const late = clusters.filter((cluster) => !cluster.early);
  // Variables that are written and never read have no leaf yet.
  for (const { roots } of clusters)
    for (const { name, node } of roots) if (!variables.has(name)) variables.set(name, variable(lowering, name, node));
  updateAll(lowering, early, slotOf);
  if (program.precision === 'half') {
    const filters = halveFilters(lowering, nodes);
    lowering.setFilters(filters.copies);
    for (const [slot, place] of filters.parts) parts.set(slot, place);
  }
  const together = new Set(clusters.flatMap(({ nodes }) => [...nodes]));

  for (const step of schedule(program)) {
    if (step.type === 'forward' && together.has(step.node)) continue;
    if (step.type === 'forward' || step.type === 'backward') lowering.flops = flopsOf(step.node);
    if (step.type === 'forward') ruleOf(step.node).value(step.node, lowering);
    else if (step.type === 'seed') {
      const slot = lowering.slot('seed', 1, { home: 'kept' });
      constants.push({ slot, values: Float32Array.of(1) });
      lowering.give(step.pass[0], step.pass, whole(slot));
    } else if (step.type === 'backward') {
      const { node, pass, needs } = step;
      const dy = lowering.gradientOf(node, pass);
      // Batch norm's derivative runs through its moments in closed form: the moments themselves get no gradient.
      if (dy) ruleOf(node).gradients?.({ node, pass, dy, needs }, lowering);
    } else {
      const gradient = lowering.gradientValue(step.parameter, step.pass);
      lowering.set(step.node, gradient ?? whole(zeros(step.node, lowering, constants)));
    }
  }

  const outputs = new Map(Object.entries(program.outputs).map(([name, node]) => [name, output(lowering, node)]));
  updates(lowering, program, variables, () => updateAll(lowering, late, slotOf), together);
  return {
    name: program.name,
    commands: lowering.commands,
    variables,
    inputs,
    parts,
    constants,
    outputs,
    scalars: lowering.scalars,
  };
}

/** The kernels that make views, before all others; what they are fed; and the slot of each input that they make. */
function viewsInto(lowering: Lowering, views?: MadeViews) {
  const inputs = new Map<string, Input>();
  const parts = new Map<Slot, { of: Slot; offset: number }>();
  const made = new Map<string, Slot>();
  if (!views) return { inputs, parts, made };
  const slots = slotsOf(views);
  const { pictures, storedSide } = views;
  inputs.set(PIXELS, { slot: slots.pixels, shape: [pictures, storedSide, storedSide, 3], type: 'uint8' });
  inputs.set(CHOICES, { slot: slots.table, shape: [slots.table.elements], type: 'uint32' });
  for (const { slot, offset } of slots.each) parts.set(slot, { of: slots.views, offset });
  for (const [name, view] of Object.entries(views.inputs)) made.set(name, slots.each[view].slot);
  lowering.commands.push(...augmentKernels(views, slots));
  return { inputs, parts, made };
}

function usersOf(nodes: readonly Tensor[]): Map<Tensor, Tensor[]> {
  const users = new Map<Tensor, Tensor[]>();
  for (const node of nodes)
    if (node.kind !== 'gradient')
      for (const input of node.inputs) users.set(input, [...(users.get(input) ?? []), node]);
  return users;
}

function zeros(node: Tensor, lowering: Lowering, constants: Constant[]): Slot {
  const slot = lowering.slot('zeros', elements(node.shape), { home: 'kept' });
  constants.push({ slot, values: new Float32Array(slot.elements) });
  return slot;
}

/** A copy that stays until it is read: the node's own memory is used again, or is a variable's. */
function output(lowering: Lowering, node: Tensor): Slot {
  const slot = lowering.slot('output', elements(node.shape), { home: 'kept', dtype: node.dtype });
  if (node.kind === 'scalar') throw new Error('plan: a scalar is no output');
  const { slot: held, offset, count, factor } = lowering.value(node);
  if (count === 1 && factor === 1) lowering.copy('output', held, slot, { fromOffset: offset });
  else lowering.copy('output', lowering.of(node), slot);
  return slot;
}

function variable(lowering: Lowering, name: string, node: Tensor): Leaf {
  const slot = lowering.slot(name, elements(node.shape), { home: 'variable', dtype: node.dtype });
  return { slot, node };
}

/** New values into their variables, all after everything has read the old ones; those `together` by one kernel each kind. */
function updates(
  lowering: Lowering,
  program: Program,
  variables: Map<string, Leaf>,
  updateTogether: () => void,
  together: ReadonlySet<Tensor>,
): void {
  const alone = Object.entries(program.updates).filter(([, node]) => !together.has(node));
  const moves = alone.map(([name, node]) => {
    if (!variables.has(name)) variables.set(name, variable(lowering, name, node));
    return { slot: (variables.get(name) as Leaf).slot, from: lowering.of(node) };
  });
  // What another variable is to become must not be overwritten first.
  const safe = moves.map(({ slot, from }) => {
    if (from.home !== 'variable' || from === slot) return { slot, from };
    const copy = lowering.slot('old value', from.elements, { dtype: from.dtype });
    lowering.copy('old value', from, copy);
    return { slot, from: copy };
  });
  updateTogether();
  for (const { slot, from } of safe) if (from !== slot) lowering.copy('update', from, slot, { update: true });
}
