import { type Program, programRoots, topological } from '../../../graph/program';
import type { Tensor } from '../../../graph/tensor';
import { fuseActivation, plainNorm } from './activation';
import { foldedFusion } from './folded';

/** A node whose inputs are rewritten, and how often each input is used in the original graph. */
export interface Candidate {
  readonly node: Tensor;
  readonly original: Tensor;
  /** True when nobody but this node needs input i's value. */
  alone(i: number): boolean;
}

/** A node to take the candidate's place, or null. */
export type Fusion = (candidate: Candidate) => Tensor | null;

/** The same program with several nodes in one where a kernel does their work in one pass. */
export function rewrite(program: Program, fuse: { activation: boolean; folded: boolean }): Program {
  const fused = replaced(program, fuse.activation ? fuseActivation : plainNorm);
  // Afterwards, so that a norm is taken with all that follows it.
  return fuse.folded ? replaced(fused, foldedFusion(fused)) : fused;
}

/** The program with what the fusion makes of a node in its place. */
export function replaced(program: Program, fusion: Fusion): Program {
  const order = topological(programRoots(program));
  const uses = usesOf(program, order);
  const made = new Map<Tensor, Tensor>();
  const of = (node: Tensor) => made.get(node) as Tensor;
  // Gradients of one loss share their inputs, also after the rewriting.
  const passes = new Map<readonly Tensor[], readonly Tensor[]>();
  for (const node of order) {
    if (node.kind === 'gradient') {
      const inputs = passes.get(node.inputs) ?? node.inputs.map(of);
      passes.set(node.inputs, inputs);
      made.set(node, { ...node, inputs });
      continue;
    }
    const same = node.inputs.every((input) => of(input) === input);
    const rewritten = same ? node : ({ ...node, inputs: node.inputs.map(of) } as Tensor);
    const alone = (i: number) => uses.get(node.inputs[i]) === 1;
    made.set(node, fusion({ node: rewritten, original: node, alone }) ?? rewritten);
  }
  const all = (named: Readonly<Record<string, Tensor>>) =>
    Object.fromEntries(Object.entries(named).map(([name, node]) => [name, of(node)]));
  return { ...program, outputs: all(program.outputs), updates: all(program.updates) };
}

/** How often each node is an input or a root; a gradient's parameters count as used once more. */
function usesOf(program: Program, order: readonly Tensor[]): Map<Tensor, number> {
  const uses = new Map<Tensor, number>();
  const use = (node: Tensor) => uses.set(node, (uses.get(node) ?? 0) + 1);
  const passes = new Set<readonly Tensor[]>();
  for (const node of order) {
    if (node.kind === 'gradient' && passes.has(node.inputs)) continue;
    if (node.kind === 'gradient') passes.add(node.inputs);
    for (const input of node.inputs) use(input);
  }
  for (const root of programRoots(program)) use(root);
  return uses;
}
