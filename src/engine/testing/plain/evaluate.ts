import { topological } from '../../../graph/program';
import type { OpKind, Tensor } from '../../../graph/tensor';
import * as matrices from './matrices';
import * as pictures from './pictures';
import type { Plain, Rule } from './rule';

const rules: { readonly [K in OpKind]: Rule<K> } = { ...matrices, ...pictures };

/** Values of leaves by name, for both variables and what is fed. */
export type PlainLeaves = Readonly<Record<string, ArrayLike<number> | number>>;

/**
 * Values of nodes by the definitions of their ops, in double precision and without any library: what the executors are
 * evaluated by. Slow, for a few thousand elements. Knows no gradient nodes: see `derivativeAlong`.
 */
export function plainValues(nodes: readonly Tensor[], leaves: PlainLeaves): Plain[] {
  const values = new Map<Tensor, Plain>();
  for (const node of topological(nodes)) values.set(node, { shape: node.shape, data: plainData(node, values, leaves) });
  return nodes.map((node) => values.get(node) as Plain);
}

function plainData(node: Tensor, values: ReadonlyMap<Tensor, Plain>, leaves: PlainLeaves): Float64Array {
  if (node.kind === 'constant') return Float64Array.from(node.attributes.values);
  if (node.kind === 'gradient') throw new Error('plain: differences, not gradient nodes');
  if (node.kind === 'input' || node.kind === 'variable' || node.kind === 'scalar') {
    const value = leaves[node.attributes.name];
    return Float64Array.from(typeof value === 'number' ? [value] : value);
  }
  const inputs = node.inputs.map((input) => values.get(input) as Plain);
  // The rule is looked up by the kind whose attributes these are.
  const rule = rules[node.kind] as Rule<OpKind>;
  return Float64Array.from(rule(inputs, node.attributes, node.shape));
}

/** d loss / d t at 0 for the leaf at its value + t direction, by a central difference. */
export function derivativeAlong(loss: Tensor, leaves: PlainLeaves, name: string, direction: ArrayLike<number>): number {
  const [step, value] = [1e-6, leaves[name] as ArrayLike<number>];
  const moved = (t: number) => Float64Array.from(value, (x, i) => x + t * direction[i]);
  const lossAt = (t: number) => plainValues([loss], { ...leaves, [name]: moved(t) })[0].data[0];
  return (lossAt(step) - lossAt(-step)) / (2 * step);
}
