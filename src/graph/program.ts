import type { Precision } from '../core/config';
import type { Shape, Tensor } from './tensor';

/**
 * A pure function an executor can run: (variables, feeds) -> (outputs, variables').
 *
 * Every node reads the variables as they were when the run began; the new values in `updates` take effect
 * together when it ends. So a step has no hidden order, and a checkpoint of the variables is a checkpoint of all.
 */
export interface Program {
  /** For messages and caches: 'moco step', 'embed'. */
  readonly name: string;
  /** Read back after each run, small: losses, embeddings. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Variable name -> its next value, of the same shape and dtype. */
  readonly updates: Readonly<Record<string, Tensor>>;
  /** What is kept of activations; full where it is not said. Everything is computed, and variables are, in single precision. */
  readonly precision?: Precision;
}

/** Everything a program reaches, inputs before users; deterministic for the same program. */
export function topological(roots: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  // An explicit stack: a ResNet-50's step is deeper than the engine's call stack likes.
  const stack: { tensor: Tensor; next: number }[] = [];
  const enter = (tensor: Tensor) => {
    if (seen.has(tensor)) return;
    seen.add(tensor);
    stack.push({ tensor, next: 0 });
  };
  for (const root of roots) {
    enter(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.next < top.tensor.inputs.length) enter(top.tensor.inputs[top.next++]);
      else order.push(stack.pop()!.tensor);
    }
  }
  return order;
}

export const programRoots = (program: Program): Tensor[] => [
  ...Object.values(program.outputs),
  ...Object.values(program.updates),
];

/** Names and shapes of the leaves of one kind that a program reads. */
export function leaves(program: Program, kind: 'input' | 'scalar' | 'variable'): Map<string, Shape> {
  const found = new Map<string, Shape>();
  for (const tensor of topological(programRoots(program)))
    if (tensor.kind === kind) found.set((tensor.attributes as { name: string }).name, tensor.shape);
  return found;
}
