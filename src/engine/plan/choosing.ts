import { mean } from '../../graph/ops/arithmetic';
import { conv2d, meanPool } from '../../graph/ops/convolution';
import { gradients, variable } from '../../graph/ops/leaves';
import { moments } from '../../graph/ops/normalisation';
import { type Program, programRoots, topological } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import { cutsOf } from './kernels/convolution';
import { gradientCutsOf } from './kernels/filter_gradient';
import { convolutionKey, geometryOf, gradientKey } from './kernels/geometry';
import type { NodeOf } from './rule';
import type { Cut, Tuning } from './tuning';

/** Which cut of a product is faster on a device, as far as it was measured; whoever opens the device may keep it. */
export interface Choices {
  get(key: string): Cut | undefined;
  /** What it returns is awaited before the cut is asked for: another one may have been kept meanwhile. */
  set(key: string, cut: Cut): unknown;
}

/** A product that can be cut in several ways, alone in a program whose variables are given by their shapes. */
export interface Contest {
  readonly key: string;
  readonly cuts: readonly Cut[];
  readonly program: Program;
  readonly variables: Readonly<Record<string, readonly number[]>>;
}

/** The products of a program that are not chosen for yet, each once. */
export function contestsOf(program: Program, choices: Choices, tuning: Tuning): Contest[] {
  const nodes = topological(programRoots(program));
  const learned = new Set(nodes.filter(({ kind }) => kind === 'gradient').flatMap(({ inputs }) => inputs.slice(1)));
  const found = new Map<string, Contest>();
  const add = (key: string, cuts: Cut[], make: () => Omit<Contest, 'key' | 'cuts'>): void => {
    if (cuts.length > 1 && choices.get(key) === undefined && !found.has(key)) found.set(key, { key, cuts, ...make() });
  };
  for (const node of nodes) {
    if (node.kind !== 'conv2d') continue;
    const convolution = node as NodeOf<'conv2d'>;
    const g = geometryOf(convolution);
    const summed = nodes.find(({ kind, inputs }) => kind === 'moments' && inputs[0] === node) ?? null;
    add(convolutionKey(g, summed?.shape[0] ?? 0), cutsOf(g, tuning), () => forward(convolution, summed));
    if (learned.has(node.inputs[1])) add(gradientKey(g), gradientCutsOf(g, tuning), () => filterGradient(convolution));
  }
  return [...found.values()];
}

/** The convolution of a contest, over variables of its own. */
function product({ inputs, attributes }: NodeOf<'conv2d'>): Record<'x' | 'w' | 'y', Tensor> {
  const [x, w] = inputs.map(({ shape }, i) => variable(`contest.${'xw'[i]}`, shape));
  return { x, w, y: conv2d(x, w, attributes) };
}

function contest(updates: Record<string, Tensor>, read: readonly Tensor[]): Omit<Contest, 'key' | 'cuts'> {
  const named = [...Object.entries(updates), ...read.map((one) => [(one as NodeOf<'variable'>).attributes.name, one])];
  const variables = Object.fromEntries((named as [string, Tensor][]).map(([name, { shape }]) => [name, shape]));
  return { program: { name: 'contest', outputs: {}, updates }, variables };
}

/** The convolution with the moments that a norm behind it takes: the direct cut makes those on the way. */
function forward(node: NodeOf<'conv2d'>, summed: Tensor | null): Omit<Contest, 'key' | 'cuts'> {
  const { x, w, y } = product(node);
  const sums = summed && { 'contest.sums': moments(y, { groups: summed.shape[0] }) };
  return contest({ 'contest.y': y, ...sums }, [x, w]);
}

/** The gradient of the filter, its parts added up as an optimizer does; the loss is a mean that takes next to no time. */
function filterGradient(node: NodeOf<'conv2d'>): Omit<Contest, 'key' | 'cuts'> {
  const { x, w, y } = product(node);
  return contest({ 'contest.w': gradients(mean(meanPool(y)), [w])[0] }, [x, w]);
}
