import { type Program, programRoots, topological } from '../graph/program';
import type { Tensor } from '../graph/tensor';
import { definitionOf } from './definition';

/** One backward pass: the inputs [loss, ...parameters] that its gradient nodes share. */
export type Pass = readonly Tensor[];

/** Where something waits between two instructions: a node's value, or a loss's gradient at a node. */
export interface Slot {
  readonly node: Tensor;
  readonly pass?: Pass;
}

export type Instruction =
  | { readonly type: 'forward'; readonly node: Tensor }
  /** The gradient of the loss at itself is 1. */
  | { readonly type: 'seed'; readonly pass: Pass }
  /** Turns the gradient at `node` into contributions to the gradients at those of its inputs that `needs` marks. */
  | { readonly type: 'backward'; readonly node: Tensor; readonly pass: Pass; readonly needs: readonly boolean[] }
  /** A gradient node's value: the gradient at its parameter, or zero where the loss does not depend on it. */
  | { readonly type: 'collect'; readonly node: Tensor; readonly parameter: Tensor; readonly pass: Pass };

/** An instruction with the slots that no later one reads. */
export type Step = Instruction & { readonly frees: readonly Slot[] };

const LEAVES: ReadonlySet<string> = new Set(['input', 'scalar', 'variable', 'constant']);
export const isLeaf = (node: Tensor): boolean => LEAVES.has(node.kind);

/**
 * A program as one list of instructions: inputs before users, the backward pass of a loss where its first gradient is
 * asked for, every value freed after its last use. Only what lies between a loss and its parameters is differentiated,
 * so the key encoder, behind a stopGradient, has no backward pass and nothing of it is remembered for one.
 */
export function schedule(program: Program): Step[] {
  const list = new List();
  const passes = new Set<Pass>();
  for (const node of topological(programRoots(program))) {
    if (node.kind === 'gradient') {
      const pass = node.inputs;
      if (!passes.has(pass)) backwardPass(list, pass);
      passes.add(pass);
      const parameter = pass[1 + node.attributes.index];
      list.push({ type: 'collect', node, parameter, pass }, [{ node: parameter, pass }], [{ node }]);
    } else if (!isLeaf(node)) {
      list.push(
        { type: 'forward', node },
        node.inputs.map((input) => ({ node: input })),
        [{ node }],
      );
    }
  }
  return list.finish(programRoots(program));
}

function backwardPass(list: List, pass: Pass): void {
  const [loss, ...parameters] = pass;
  const between = leadingTo(new Set(parameters), loss);
  const wanted = new Set([...between, ...parameters]);
  list.push({ type: 'seed', pass }, [], [{ node: loss, pass }]);
  for (const node of between.reverse()) {
    const read = definitionOf(node).derivative;
    const needs = node.inputs.map((input) => wanted.has(input));
    list.push(
      { type: 'backward', node, pass, needs },
      [
        { node, pass },
        ...(read?.value ? [{ node }] : []),
        ...(read?.inputs ? node.inputs.map((input) => ({ node: input })) : []),
      ],
      node.inputs.filter((_, i) => needs[i]).map((input) => ({ node: input, pass })),
    );
  }
}

/** Nodes on a way from a parameter to the loss on which every op has a derivative, inputs first. */
function leadingTo(parameters: ReadonlySet<Tensor>, loss: Tensor): Tensor[] {
  const derives = (node: Tensor) => !isLeaf(node) && definitionOf(node).derivative !== null;
  const order = topological([loss]);
  const towards = new Set([loss]);
  for (const node of order.toReversed())
    if (towards.has(node) && derives(node)) for (const input of node.inputs) towards.add(input);
  const found = new Set<Tensor>();
  for (const node of order)
    if (towards.has(node) && derives(node) && node.inputs.some((input) => parameters.has(input) || found.has(input)))
      found.add(node);
  return [...found];
}

/** Collects instructions with what they read and write, then works out the last use of everything. */
class List {
  private readonly entries: { instruction: Instruction; touches: Slot[] }[] = [];

  push(instruction: Instruction, reads: Slot[], writes: Slot[]): void {
    this.entries.push({ instruction, touches: [...reads, ...writes] });
  }

  /** A slot is freed after the last instruction that touches it; what is written and never read at once. */
  finish(roots: readonly Tensor[]): Step[] {
    const last = new Map<Tensor, Map<Pass | undefined, number>>();
    this.entries.forEach(({ touches }, index) => {
      for (const { node, pass } of touches) {
        const uses = last.get(node) ?? new Map<Pass | undefined, number>();
        last.set(node, uses.set(pass, index));
      }
    });
    for (const root of roots) last.get(root)?.delete(undefined);
    const frees: Slot[][] = this.entries.map(() => []);
    for (const [node, uses] of last)
      if (!isLeaf(node)) for (const [pass, index] of uses) frees[index].push({ node, pass });
      else for (const [pass, index] of uses) if (pass) frees[index].push({ node, pass });
    return this.entries.map(({ instruction }, index) => ({ ...instruction, frees: frees[index] }));
  }
}
