import { mean } from '../../../graph/ops/arithmetic';
import { conv2d, meanPool } from '../../../graph/ops/convolution';
import { gradients, variable } from '../../../graph/ops/leaves';
import { type Program, programRoots, topological } from '../../../graph/program';
import type { NodeOf } from '../../compiled/rule';
import { variantsOf } from '../kernels/convolution';
import { gradientVariantsOf } from '../kernels/filter_gradient';
import { convolutionKey, geometryOf, gradientKey } from '../kernels/geometry';
import type { Dispatch } from '../lower/command';
import type { KernelVariant, Tuning } from './tuning';

/** The fastest kernel variant of each product measured on a device; whoever opens the device may keep them. */
export interface Choices {
  get(key: string): KernelVariant | undefined;
  /** What it returns is awaited before the variant is asked for: another tab may have kept one meanwhile. */
  set(key: string, variant: KernelVariant): unknown;
}

/** Choices that can all be forgotten: what is compiled from then on is measured anew. */
export interface KeptChoices extends Choices {
  clear(): Promise<void>;
}

/** A product that has several kernel variants, alone in a program whose variables are given by their shapes. */
export interface AutotuneTask {
  readonly key: string;
  readonly variants: readonly KernelVariant[];
  readonly program: Program;
  readonly variables: Readonly<Record<string, readonly number[]>>;
  /** Whether a dispatch of the program is work of the product. */
  readonly measured: (dispatch: Dispatch) => boolean;
}
type Task = Omit<AutotuneTask, 'key' | 'variants'>;

/** The products of a program that are not chosen for yet, each once. */
export function autotuneTasksOf(program: Program, choices: Choices, tuning: Tuning): AutotuneTask[] {
  const nodes = topological(programRoots(program));
  const learned = new Set(nodes.filter(({ kind }) => kind === 'gradient').flatMap(({ inputs }) => inputs.slice(1)));
  const found = new Map<string, AutotuneTask>();
  const add = (key: string, variants: KernelVariant[], make: () => Task): void => {
    if (variants.length > 1 && choices.get(key) === undefined && !found.has(key))
      found.set(key, { key, variants, ...make() });
  };
  for (const node of nodes) {
    if (node.kind !== 'conv2d') continue;
    const convolution = node as NodeOf<'conv2d'>;
    const g = geometryOf(convolution);
    add(convolutionKey(g), variantsOf(tuning), () => taskOf(convolution, false));
    if (learned.has(node.inputs[1]))
      add(gradientKey(g), gradientVariantsOf(g, tuning), () => taskOf(convolution, true));
  }
  return [...found.values()];
}

/** The convolution over variables of its own; or the gradient of its filter, of any loss, with the sum of the gradient's parts. */
function taskOf({ inputs, attributes }: NodeOf<'conv2d'>, ofFilter: boolean): Task {
  const [x, w] = inputs.map(({ shape }, i) => variable(`autotune.${'xw'[i]}`, shape));
  const y = conv2d(x, w, attributes);
  const made = ofFilter ? gradients(mean(meanPool(y)), [w])[0] : y;
  const name = ofFilter ? 'autotune.w' : 'autotune.y';
  return {
    program: { name: 'autotune', outputs: {}, updates: { [name]: made } },
    variables: { 'autotune.x': x.shape, 'autotune.w': w.shape, [name]: made.shape },
    measured: ({ label }) => !ofFilter || label === 'conv2d dw' || label === 'sum of parts',
  };
}
