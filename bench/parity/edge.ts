import type { NamedArray } from '../../src/core/records';
import { replaced } from '../../src/engine/compiled/fusions/rewrite';
import type { Executor, Feeds } from '../../src/engine/executor';
import { add, mul } from '../../src/graph/ops/arithmetic';
import { gradients, input } from '../../src/graph/ops/leaves';
import { type Program, programRoots, topological } from '../../src/graph/program';
import type { Tensor } from '../../src/graph/tensor';
import { relativeError } from './relative_error';

/** A ReLU's input this near to a jump of its derivative may fall on either side of it by rounding. */
const EDGE = 1e-5;
/** As many turns are tried, those first that move the gradients most. */
const TRIES = 8;
/** ReLUs that may be on the edge, and how near the reference the run is with those turned over. */
export const MOST = 3;
const LIMIT = 1e-4;

/** Values by name: outputs of a run, and variables after it. */
export type Made = Readonly<Record<string, ArrayLike<number>>>;

/** One run of a program, and how far off each of its tensors is. */
export interface Trial {
  readonly program: Program;
  /** What the program updates, as it is before the run. The executor holds all other variables. */
  readonly before: Readonly<Record<string, NamedArray>>;
  readonly feeds: Feeds;
  errorsOf(made: Made): readonly number[];
}

/** Makes a program ready to be run from any state. */
export async function openTrial(executor: Executor, program: Program) {
  const names = Object.keys(program.updates);
  const executable = await executor.compile(program);
  return {
    async run({ before, feeds }: Pick<Trial, 'before' | 'feeds'>): Promise<Made> {
      executor.write(before);
      const outputs = await executable.run(feeds);
      const after = await executor.read(names);
      return { ...outputs, ...Object.fromEntries(names.map((name) => [name, after[name].data])) };
    },
    dispose: () => executable.dispose(),
  };
}

/**
 * How many ReLUs on the edge explain the errors of a run, and what it makes with these turned over. The run is redone with each ReLU's
 * side fed from outside: with the sides it took itself, which must give what it gave, then with those on the edge turned
 * over one by one as long as that brings it nearer to the reference.
 * @returns null where at most three of them do not bring every tensor within 1e-4
 */
export async function onTheEdge(executor: Executor, free: Made, trial: Trial) {
  const { program, before, feeds, errorsOf } = trial;
  const rectifiers = topological(programRoots(program)).filter(isRectifier);
  const values = Object.fromEntries(rectifiers.map((node, i) => [`value ${i}`, node]));
  const open = await openTrial(executor, { ...program, outputs: { ...program.outputs, ...values } });
  const decided = await openTrial(executor, decidedOutside(program, rectifiers));
  try {
    const taken = await open.run(trial);
    const sides = rectifiers.map((node, i) => sidesOf(node, taken[`value ${i}`]));
    const redo = () => decided.run({ before, feeds: Object.assign({}, feeds, ...sides.map(fed)) });
    let made = await redo();
    if (Object.keys(free).some((name) => relativeError(free[name], made[name]) > LIMIT)) return null;
    let errors = errorsOf(made);
    let turned = 0;
    for (const { node, element, upper } of candidates(rectifiers, made).slice(0, TRIES)) {
      if (turned === MOST || Math.max(...errors) <= LIMIT) break;
      turnOver(sides[node], element, upper);
      const turnedOver = await redo();
      const closer = errorsOf(turnedOver);
      if (squares(closer) < squares(errors)) {
        [made, errors] = [turnedOver, closer];
        turned++;
      } else turnOver(sides[node], element, upper);
    }
    const left = Math.max(...errors);
    return left <= LIMIT ? { turned, errors, made } : null;
  } finally {
    open.dispose();
    decided.dispose();
  }
}

const isRectifier = ({ kind }: Tensor): boolean => kind === 'relu' || kind === 'relu6';

const squares = (errors: readonly number[]): number => errors.reduce((sum, error) => sum + error * error, 0);

/** What a rectifier makes of x: x times `within`, which is 0 or 1, plus `above`, which is 0 or 6. ReLU has nothing above. */
interface Sides {
  within: Float32Array;
  above: Float32Array;
}

/** Each rectifier as within x + above, both fed; its input, and the gradient at its value, as outputs. */
function decidedOutside(program: Program, rectifiers: readonly Tensor[]): Program {
  const inputs: Record<string, Tensor> = {};
  const derived = topological(programRoots(program)).find(({ kind }) => kind === 'gradient');
  const atValues = derived ? gradients(derived.inputs[0], rectifiers) : [];
  const outputs = { ...program.outputs, ...Object.fromEntries(atValues.map((node, i) => [`gradient ${i}`, node])) };
  const decided = replaced({ ...program, outputs }, ({ node }) => {
    if (!isRectifier(node)) return null;
    const i = Object.keys(inputs).length;
    const [x] = node.inputs;
    inputs[`input ${i}`] = x;
    const within = mul(x, input(`within ${i}`, x.shape));
    return node.kind === 'relu' ? within : add(within, input(`above ${i}`, x.shape));
  });
  return { ...decided, outputs: { ...decided.outputs, ...inputs } };
}

const sidesOf = ({ kind }: Tensor, value: ArrayLike<number>): Sides => {
  const above = Float32Array.from(value, (y) => (kind === 'relu6' && y >= 6 ? 6 : 0));
  return { within: Float32Array.from(value, (y, i) => Number(y > 0 && above[i] === 0)), above };
};

const fed = ({ within, above }: Sides, i: number): Feeds => ({ [`within ${i}`]: within, [`above ${i}`]: above });

/** To the other side of its lower jump, or of the upper one. */
function turnOver({ within, above }: Sides, element: number, upper: boolean): void {
  within[element] = 1 - within[element];
  if (upper) above[element] = 6 - above[element];
}

/** Elements whose input is on the edge, those first whose side changes most. */
function candidates(rectifiers: readonly Tensor[], made: Made) {
  const found: { node: number; element: number; upper: boolean; effect: number }[] = [];
  rectifiers.forEach(({ kind }, node) => {
    const [inputs, gradient] = [made[`input ${node}`], made[`gradient ${node}`]];
    for (let element = 0; element < inputs.length; element++) {
      const upper = kind === 'relu6' && inputs[element] > 3;
      const near = Math.abs(inputs[element] - (upper ? 6 : 0)) < EDGE;
      if (near && gradient[element] !== 0) found.push({ node, element, upper, effect: Math.abs(gradient[element]) });
    }
  });
  return found.sort((a, b) => b.effect - a.effect);
}
