import { Fault } from '../core/fault';
import type { NamedArray } from '../core/records';
import type { CoolDown } from '../core/schedule';
import { type Program, programRoots, topological } from '../graph/program';
import type { Dtype, Shape } from '../graph/tensor';

/** All a resume needs of the learning: weights, norm statistics, velocities, MoCo's queue and ids are in `variables`. */
export interface RunState {
  /** Steps done. */
  step: number;
  /** The method's loop state: MoCo's next row of the queue to be overwritten, 0 for the others. */
  pointer: number;
  coolDown: CoolDown | null;
  variables: Record<string, NamedArray>;
}

/** The variables a program reads: a step reads every one that it writes, so these are the checkpoint's. */
export function programVariables(program: Program): Map<string, { shape: Shape; dtype: Dtype }> {
  const found = new Map<string, { shape: Shape; dtype: Dtype }>();
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
export function checkVariables(program: Program, variables: Readonly<Record<string, NamedArray>>): void {
  for (const [name, { shape, dtype }] of programVariables(program)) {
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
