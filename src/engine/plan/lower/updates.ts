import { type Program, programRoots, topological } from '../../../graph/program';
import { elements, type Tensor } from '../../../graph/tensor';
import { expression } from '../kernels/expression';
import type { Lowering } from './lowering';

/** Updates that depend on each other's new values: a weight and its velocity, or one variable alone. */
export interface Cluster {
  /** New values by variable name, each after those that it reads. */
  readonly roots: readonly { readonly name: string; readonly node: Tensor }[];
  /** Variables read or written, as `v0`, `v1`, ... in the code. */
  readonly variables: readonly string[];
  /** Gradients and pooled statistics, as `s0`, `s1`, ... */
  readonly sources: readonly Tensor[];
  readonly elements: number;
  readonly nodes: ReadonlySet<Tensor>;
  /** Statements `let n0 = ...;` per root. The same for clusters that one kernel can update. */
  readonly code: string;
  /** Nothing of the step has to be known: it happens first, and everything after reads the new values. */
  readonly early: boolean;
}

const ARITHMETIC: ReadonlySet<string> = new Set(['addScaled', 'blend', 'scale']);
const SOURCES: ReadonlySet<string> = new Set(['gradient', 'poolMoments']);

interface Draft {
  roots: { name: string; node: Tensor }[];
  inner: Set<Tensor>;
  leaves: Set<Tensor>;
  sources: Set<Tensor>;
  /** Other updates whose new values it reads. */
  others: Set<Tensor>;
}

/**
 * The updates that are elementwise arithmetic on variables, gradients and statistics, in clusters: optimizer, key
 * momentum, running statistics. What is anything else, or would be overwritten while somebody still needs it, is left out.
 */
export function clustersOf(program: Program, { users, number }: Lowering): Cluster[] {
  const names = new Map(Object.entries(program.updates).map(([name, node]) => [node, name]));
  const order = topological(programRoots(program));
  const outputs = new Set(Object.values(program.outputs));
  const leaves = order.filter(({ kind }) => kind === 'variable');
  const clusters = draftsOf(program, order, names).flatMap((draft) => {
    const own = new Set([...draft.inner, ...draft.roots.map(({ node }) => node)]);
    const inside = (node: Tensor) => (users.get(node) ?? []).every((user) => own.has(user)) && !outputs.has(node);
    if (![...draft.inner].every(inside)) return [];
    const updated = new Set(draft.roots.map(({ name }) => name));
    // Whoever reads an old value, were it as another variable's new one, must come before.
    const replaced = leaves.filter((leaf) => updated.has(nameOf(leaf)));
    const early = draft.sources.size === 0 && replaced.every((leaf) => inside(leaf) && !names.has(leaf));
    if (!early && !draft.roots.every(({ node }) => inside(node))) return [];
    return [clusterOf(draft, own, early, number)];
  });
  const late = clusters.filter(({ early }) => !early);
  const conflicting = (one: Cluster) =>
    late.some((other) => other !== one && one.roots.some(({ name }) => other.variables.includes(name)));
  return clusters.filter((cluster) => cluster.early || !conflicting(cluster));
}

const nameOf = (leaf: Tensor): string => (leaf as Tensor<'variable'>).attributes.name;

/** One draft for each set of updates that read each other; none for those that are no arithmetic. */
function draftsOf(program: Program, order: readonly Tensor[], names: ReadonlyMap<Tensor, string>): Draft[] {
  const found = new Map<Tensor, Draft>();
  const updates = Object.values(program.updates);
  for (const root of order) {
    // A cluster writes each of its values to one place.
    if (updates.filter((node) => node === root).length !== 1) continue;
    const draft: Draft = { roots: [], inner: new Set(), leaves: new Set(), sources: new Set(), others: new Set() };
    if (!collect(root, root, names, draft) || ![...draft.others].every((other) => found.has(other))) continue;
    // An update that reads another's new value joins it; the other one comes first.
    for (const other of new Set([...draft.others].map((node) => found.get(node) as Draft))) {
      draft.roots.unshift(...other.roots);
      for (const set of ['inner', 'leaves', 'sources'] as const) for (const node of other[set]) draft[set].add(node);
    }
    draft.roots.push({ name: names.get(root) as string, node: root });
    for (const { node } of draft.roots) found.set(node, draft);
  }
  return [...new Set(found.values())];
}

/** False when the tree below `node` is anything but elementwise arithmetic of the root's size. */
function collect(node: Tensor, root: Tensor, names: ReadonlyMap<Tensor, string>, draft: Draft): boolean {
  if (node.dtype !== 'float32' || elements(node.shape) !== elements(root.shape)) return false;
  if (node !== root && names.has(node)) {
    draft.others.add(node);
    return true;
  }
  if (node.kind === 'variable') {
    draft.leaves.add(node);
    return node !== root;
  }
  if (SOURCES.has(node.kind)) {
    draft.sources.add(node);
    return node !== root;
  }
  if (!ARITHMETIC.has(node.kind)) return false;
  if (node !== root) draft.inner.add(node);
  const operands = node.inputs.filter(({ kind }) => kind !== 'scalar');
  return operands.every((input) => collect(input, root, names, draft));
}

function clusterOf(draft: Draft, nodes: ReadonlySet<Tensor>, early: boolean, number: Lowering['number']): Cluster {
  const variables = [...new Set([...draft.roots.map(({ name }) => name), ...[...draft.leaves].map(nameOf)])];
  const { roots } = draft;
  const sources = [...draft.sources];
  const text = (node: Tensor, self: Tensor): string => {
    const made = roots.findIndex((root) => root.node === node);
    if (made >= 0 && node !== self) return `n${made}`;
    if (node.kind === 'variable') return `v${variables.indexOf(nameOf(node))}`;
    if (SOURCES.has(node.kind)) return `s${sources.indexOf(node)}`;
    return arithmetic(node, (input) => text(input, self), number);
  };
  return {
    roots,
    variables,
    sources,
    nodes,
    elements: elements(roots[0].node.shape),
    code: roots.map(({ node }, i) => `let n${i} = ${text(node, node)};`).join('\n'),
    early,
  };
}

function arithmetic(node: Tensor, text: (node: Tensor) => string, number: Lowering['number']): string {
  const [left, right] = node.inputs;
  if (node.kind === 'scale') return expression('scale', 'f32', text(left), '', number(node.attributes.factor));
  if (node.kind === 'addScaled')
    return expression('addScaled', 'f32', text(left), text(right), number(node.attributes.factor ?? node.inputs[2]));
  if (node.kind !== 'blend') throw new Error(`${node.kind} in an update`);
  return expression('blend', 'f32', text(left), text(right), number(node.attributes.weight ?? node.inputs[2]));
}
