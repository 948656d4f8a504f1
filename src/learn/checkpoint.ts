import { Fault } from '../core/fault';
import type { NamedArray } from '../core/records';
import type { CoolDown } from '../core/schedule';
import { programRoots, topological } from '../graph/program';
import type { Dtype, Shape } from '../graph/tensor';
import type { Method } from './methods/method';
import { variableName } from './weights';

/** All a resume needs of the learning: weights, norm statistics, velocities, MoCo's queue and ids, mutual neighbours are in `variables`. */
export interface RunState {
  step: number;
  /** The method's loop state: MoCo's next row of the queue to be overwritten, 0 for the others. */
  pointer: number;
  coolDown: CoolDown | null;
  variables: Record<string, NamedArray>;
}

/** The variables of a run: those that a step reads, every one that it writes among them, and the frozen weights. */
export function runVariables({
  program,
  frozen = [],
}: Pick<Method, 'program' | 'frozen'>): Map<string, { shape: Shape; dtype: Dtype }> {
  const found = new Map<string, { shape: Shape; dtype: Dtype }>();
  for (const { name, shape } of frozen) found.set(variableName('query', name), { shape, dtype: 'float32' });
  for (const { kind, attributes, shape, dtype } of topological(programRoots(program)))
    if (kind === 'variable') found.set(attributes.name, { shape, dtype });
  return found;
}

const damaged = (what: string): Fault =>
  new Fault(
    'data',
    `The checkpoint does not fit this run: ${what}.`,
    'Start a new run, or take up the previous checkpoint.',
  );

/** @throws Fault('data') naming the first variable that is missing or not what the step needs. */
export function checkVariables(
  method: Pick<Method, 'program' | 'frozen'>,
  variables: Readonly<Record<string, NamedArray>>,
): void {
  for (const [name, { shape, dtype }] of runVariables(method)) {
    if (!Object.hasOwn(variables, name)) throw damaged(`'${name}' is missing`);
    const { shape: given, data } = variables[name];
    if (`${given}` !== `${shape}`) throw damaged(`'${name}' has the shape [${given}] and should have [${shape}]`);
    if (data instanceof Int32Array !== (dtype === 'int32')) throw damaged(`'${name}' should hold ${dtype}`);
  }
}

/** The first variable that holds an infinity or a NaN, or null. Weights can break a step before the loss shows it. */
export function firstBroken(variables: Readonly<Record<string, NamedArray>>): string | null {
  for (const [name, { data }] of Object.entries(variables))
    if (data instanceof Float32Array && !data.every(Number.isFinite)) return name;
  return null;
}
