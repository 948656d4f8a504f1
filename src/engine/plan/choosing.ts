import { conv2d } from '../../graph/ops/convolution';
import { variable } from '../../graph/ops/leaves';
import { moments } from '../../graph/ops/normalisation';
import { type Program, programRoots, topological } from '../../graph/program';
import { elements, type Tensor } from '../../graph/tensor';
import { convolutionKey, geometryOf } from './kernels/geometry';
import { isTileable } from './kernels/tiled_convolution';
import type { NodeOf } from './rule';
import type { Cut } from './tuning';

/** Which cut of a product is faster on a device, as far as it was measured; whoever opens the device may keep it. */
export interface Choices {
  get(key: string): Cut | undefined;
  set(key: string, cut: Cut): void;
}

/** A product that can be cut in two ways, alone in a program whose variables are given by their shapes. */
export interface Contest {
  readonly key: string;
  readonly program: Program;
  readonly variables: Readonly<Record<string, readonly number[]>>;
}

/** The products of a program that are not chosen for yet, each once. */
export function contestsOf(program: Program, choices: Choices): Contest[] {
  const nodes = topological(programRoots(program));
  const found = new Map<string, Contest>();
  for (const node of nodes) {
    if (node.kind !== 'conv2d') continue;
    const convolution = node as NodeOf<'conv2d'>;
    const g = geometryOf(convolution);
    const summed = nodes.find(({ kind, inputs }) => kind === 'moments' && inputs[0] === node) ?? null;
    const key = convolutionKey(g, summed?.shape[0] ?? 0);
    if (isTileable(g) && choices.get(key) === undefined) found.set(key, contest(key, convolution, summed));
  }
  return [...found.values()];
}

/** The convolution with the moments that a norm behind it takes: the direct cut makes those on the way. */
function contest(key: string, { inputs, attributes }: NodeOf<'conv2d'>, summed: Tensor | null): Contest {
  const [x, w] = inputs.map(({ shape }, i) => variable(`contest.${'xw'[i]}`, shape));
  const y = conv2d(x, w, attributes);
  const made: Record<string, Tensor> = { 'contest.y': y };
  if (summed) made['contest.sums'] = moments(y, { groups: summed.shape[0] });
  const variables = Object.fromEntries(
    [...Object.entries(made), ['contest.x', x] as const, ['contest.w', w] as const].map(([name, { shape }]) => [
      name,
      shape,
    ]),
  );
  return { key, program: { name: `contest: ${key}`, outputs: {}, updates: made }, variables };
}

/** Zeros for a contest: no kernel's time depends on the values. */
export const zerosFor = ({ variables }: Contest) =>
  Object.fromEntries(
    Object.entries(variables).map(([name, shape]) => [name, { shape, data: new Float32Array(elements(shape)) }]),
  );

/** Milliseconds of timed runs that are enough to compare. */
const ENOUGH = 5;
const MOST_RUNS = 16;
const ROUNDS = 3;

/** Milliseconds that a run takes, the best of three rounds. `run` resolves when the device has nothing left to do. */
export async function timeOf(run: (times: number) => Promise<void>): Promise<number> {
  const taken = async (times: number): Promise<number> => {
    const began = performance.now();
    await run(times);
    return (performance.now() - began) / times;
  };
  await run(1);
  const times = Math.max(1, Math.min(MOST_RUNS, Math.floor(ENOUGH / (await taken(1)))));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) best = Math.min(best, await taken(times));
  return best;
}
