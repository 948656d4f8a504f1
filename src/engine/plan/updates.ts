import { type Program, programRoots, topological } from '../../graph/program';
import { elements, type Tensor } from '../../graph/tensor';
import { expression } from './expression';
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
}

/**
 * The updates that are elementwise arithmetic on variables, gradients and statistics, in clusters: optimizer, key
 * momentum, running statistics. What is anything else, or would be overwritten while somebody still needs it, is left out.
 */
export function clustersOf(program: Program, { users, number }: Lowering): Cluster[] {
  const names = new Map(Object.entries(program.updates).map(([name, node]) => [node, name]));
  const drafts = draftsOf(program, names);
  const outputs = new Set(Object.values(program.outputs));
  const leaves = topological(programRoots(program)).filter(({ kind }) => kind === 'variable');
  const clusters = drafts.flatMap((draft) => {
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

/** New values of several variables at once: a cluster writes each of its values to one place. */
function sharedRoots(program: Program): ReadonlySet<Tensor> {
  const nodes = Object.values(program.updates);
  return new Set(nodes.filter((node, i) => nodes.indexOf(node) !== i));
}

/** One draft for each set of updates that read each other; none for those that are no arithmetic. */
function draftsOf(program: Program, names: ReadonlyMap<Tensor, string>): Draft[] {
  const found = new Map<Tensor, Draft>();
  const shared = sharedRoots(program);
  for (const [name, root] of Object.entries(program.updates)) {
    if (shared.has(root)) continue;
    const draft: Draft = { roots: [], inner: new Set(), leaves: new Set(), sources: new Set() };
    const others = new Set<Tensor>();
    if (!collect(root, root, names, draft, others)) continue;
    // An update that reads another's new value joins it; the other one comes first.
    const merged = [...others].map((other) => found.get(other));
    if (merged.some((other) => other === undefined)) {
      const missing = [...others].filter((other) => !found.has(other));
      if (!missing.every((other) => !shared.has(other) && tryAdd(other, names, found))) continue;
    }
    for (const other of new Set([...others].map((node) => found.get(node) as Draft))) absorb(draft, other);
    draft.roots.push({ name, node: root });
    for (const { node } of draft.roots) found.set(node, draft);
  }
  return [...new Set(found.values())];
}

/** The update that another one reads, when it stands later in the list. */
function tryAdd(root: Tensor, names: ReadonlyMap<Tensor, string>, found: Map<Tensor, Draft>): boolean {
  const draft: Draft = { roots: [], inner: new Set(), leaves: new Set(), sources: new Set() };
  const others = new Set<Tensor>();
  if (!collect(root, root, names, draft, others) || others.size > 0) return false;
  draft.roots.push({ name: names.get(root) as string, node: root });
  found.set(root, draft);
  return true;
}

function absorb(draft: Draft, other: Draft): void {
  draft.roots.unshift(...other.roots);
  for (const set of ['inner', 'leaves', 'sources'] as const) for (const node of other[set]) draft[set].add(node);
}

/** False when the tree below `node` is anything but elementwise arithmetic of the root's size. */
function collect(
  node: Tensor,
  root: Tensor,
  names: ReadonlyMap<Tensor, string>,
  draft: Draft,
  others: Set<Tensor>,
): boolean {
  if (node.dtype !== 'float32' || elements(node.shape) !== elements(root.shape)) return false;
  if (node !== root && names.has(node)) {
    others.add(node);
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
  return operands.every((input) => collect(input, root, names, draft, others));
}

function clusterOf(draft: Draft, nodes: ReadonlySet<Tensor>, early: boolean, number: Lowering['number']): Cluster {
  const variables = [...new Set([...draft.roots.map(({ name }) => name), ...[...draft.leaves].map(nameOf)])];
  const roots = draft.roots.filter(({ node }, i) => draft.roots.findIndex((other) => other.node === node) === i);
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
