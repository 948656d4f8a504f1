import { type Program, programRoots, topological } from '../../../graph/program';
import { elements, type Tensor } from '../../../graph/tensor';
import { rewrite } from '../../compiled/fusions/rewrite';
import { type Compiled as Common, type Input, Leaves, lowerNodes, lowerUpdates } from '../../compiled/program';
import type { Slot } from '../../compiled/slot';
import { CHOICES, type MadeViews, PIXELS } from '../../views';
import { augmentKernels, slotsOf } from '../augment/kernels';
import { updateAll } from '../kernels/update_kernel';
import type { Part } from '../memory/assign';
import { grouped } from '../memory/grouping';
import type { Tuning } from '../tune/tuning';
import type { Command } from './command';
import { filtersAmong, halveFilters } from './half_filters';
import { Lowering } from './lowering';
import { ruleOf } from './rules';
import { clustersOf } from './updates';

/** A program as commands over slots: nothing of the device is touched yet. */
export interface Compiled extends Common<Command> {
  readonly parts: ReadonlyMap<Slot, Part>;
  readonly outputs: ReadonlyMap<string, Slot>;
  /** Names of the run's numbers, in the order in which kernels index them. */
  readonly scalars: readonly string[];
  /** Variables, and all sums, by the buffer that they are to share. */
  readonly together: readonly (readonly Slot[])[];
  readonly sums: readonly (readonly Slot[])[];
}

/**
 * Lowers a program: every node and every gradient becomes kernels, every update ends in its variable, views are made first.
 * @param room bytes of the largest buffer that a kernel may see whole
 */
export function compile(
  written: Program,
  tuning: Tuning,
  views?: MadeViews,
  room = Number.POSITIVE_INFINITY,
): Compiled {
  const program = rewrite(written, tuning.fuse);
  const nodes = topological(programRoots(program));
  const to = new Lowering(tuning, usersOf(nodes), program.precision);
  const { inputs, parts, made } = viewsInto(to, views);
  const leaves = new Leaves(to, inputs, made);
  leaves.take(nodes);

  const clusters = tuning.fuse.updates ? clustersOf(program, to) : [];
  // Variables that are written and never read have no leaf yet.
  for (const { roots } of clusters) for (const { name, node } of roots) leaves.variable(name, node);
  const slotOf = (name: string) => leaves.variables.get(name)?.slot as Slot;
  const filters = program.precision === 'half' ? filtersAmong(to, nodes) : [];
  const sets = [...clusters.map(({ variables }) => variables.map(slotOf)), ...filters.map((filter) => [filter])];
  const together = grouped(sets, room);
  const update = (early: boolean) => {
    const those = clusters.filter((cluster) => cluster.early === early);
    return updateAll(to, those, slotOf, together, room);
  };
  update(true);
  for (const group of together) {
    const those = filters.filter((filter) => group.includes(filter));
    halveFilters(to, those, parts);
  }
  const updated = new Set(clusters.flatMap(({ nodes }) => [...nodes]));
  lowerNodes(program, to, leaves, ruleOf, updated);

  const outputs = new Map(Object.entries(program.outputs).map(([name, node]) => [name, output(to, node)]));
  const alone = Object.entries(program.updates).filter(([, node]) => !updated.has(node));
  let sums: Slot[][] = [];
  lowerUpdates(alone, to, leaves, () => {
    sums = update(false);
  });
  const { variables, constants } = leaves;
  return {
    ...{ name: program.name, commands: to.commands, variables, inputs, parts, constants, outputs },
    ...{ scalars: to.scalars, together, sums },
  };
}

/** The kernels that make views, before all others; what they are fed; and the slot of each input that they make. */
function viewsInto(lowering: Lowering, views?: MadeViews) {
  const inputs = new Map<string, Input>();
  const parts = new Map<Slot, Part>();
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

/** A copy that stays until it is read: the node's own memory is used again, or is a variable's. */
function output(lowering: Lowering, node: Tensor): Slot {
  const slot = lowering.slot('output', elements(node.shape), { home: 'kept', dtype: node.dtype });
  lowering.copy('output', lowering.of(node), slot);
  return slot;
}
