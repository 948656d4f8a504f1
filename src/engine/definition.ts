import { DEFINITIONS, type Definition } from '../graph/definitions';
import type { Tensor } from '../graph/tensor';
import { FUSED } from './compiled/fusions/fused';

const all: Readonly<Record<string, Definition>> = { ...DEFINITIONS, ...FUSED };
/** Leaves and gradients are no ops. */
const NONE: Definition = { derivative: null };

/** The definition of an op, the graph's or several in one. */
export const definitionOf = ({ kind }: Pick<Tensor, 'kind'>): Definition => all[kind] ?? NONE;

/** Operations of a node's products, two a multiply-add: of its value, and of its derivative at each operand. */
export const flopsOf = (node: Pick<Tensor, 'kind' | 'inputs' | 'shape'>): number =>
  2 * (definitionOf(node).products?.(node) ?? 0);

/** Whether a node is a layer's map [N, H, W, C], of which a step keeps the most, that may be kept in half precision. */
export function mayBeHalf(node: Tensor): boolean {
  const { half } = definitionOf(node);
  if (node.shape.length !== 4 || node.dtype !== 'float32') return false;
  return half === 'where its input is' ? mayBeHalf(node.inputs[0]) : half === true;
}
