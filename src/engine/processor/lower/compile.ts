import { type Program, programRoots, topological } from '../../../graph/program';
import type { Tensor } from '../../../graph/tensor';
import { rewrite } from '../../compiled/fusions/rewrite';
import { updatedInPlace } from '../../compiled/in_place';
import { type Compiled as Common, Leaves, lowerNodes, lowerUpdates } from '../../compiled/program';
import type { Slot } from '../../compiled/slot';
import { chained } from './chains';
import type { Command } from './command';
import { IN_PLACE } from './in_place';
import { Lowering } from './lowering';
import { ruleOf } from './rules';

/** A program as commands over slots: no memory is touched yet. */
export interface Compiled extends Common<Command> {
  readonly scalars: ReadonlyMap<string, Slot>;
  readonly outputs: ReadonlyMap<string, Slot>;
}

/** Lowers a program: every node and every gradient becomes commands, every update ends in its variable. */
export function compile(written: Program, threads: number, zeros: number): Compiled {
  const program = rewrite(written, { activation: true, folded: true });
  const to = new Lowering(threads, zeros);
  const leaves = new Leaves(to);
  leaves.take(topological(programRoots(program)));
  lowerNodes(program, to, leaves, ruleOf);
  const outputs = new Map(Object.entries(program.outputs).map(([name, node]) => [name, outputOf(to, node)]));
  lowerUpdates(Object.entries(program.updates), to, leaves);
  const results = new Set(outputs.values());
  const commands = chained(updatedInPlace(to.commands, IN_PLACE, results), results);
  const { variables, inputs, constants } = leaves;
  return { name: program.name, commands, variables, inputs, scalars: to.scalars, constants, outputs };
}

/** What is read once all is over; a copy where it is a variable's old value. */
function outputOf(to: Lowering, node: Tensor): Slot {
  const held = to.of(node);
  if (held.home !== 'variable') return held;
  const slot = to.slot('output', held.elements, { dtype: held.dtype });
  to.copy('output', held, slot);
  return slot;
}
