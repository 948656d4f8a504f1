import type { Element } from '../command';
import type { Tuning } from '../tuning';

/** Threads of a workgroup that put their values together. */
const SIZE = 64;

type Type = Extract<Element, 'f32' | 'vec2f' | 'vec4f'>;

/** One value a thread, and what becomes of them all. */
export interface Together {
  readonly type: Type;
  /** Each thread's own. */
  readonly value: string;
  /** The variable that is declared and gets the sum, or the largest. */
  readonly result: string;
  readonly by?: 'sum' | 'largest';
  /** Only the workgroup's first thread has to know it. */
  readonly forFirst?: boolean;
}

/** What a workgroup needs whose threads put values of this type together; `count` of them. */
export const togetherIn = (type: Type, count: number) => ({
  count,
  size: SIZE,
  shared: `var<workgroup> own_values: array<${type}, ${SIZE}>;`,
});

/**
 * Statements that put the values of all 64 threads together, in an order that is always the same. Neighbours do so in
 * registers where the device has subgroups: one value of each subgroup goes through memory, and there are few of those.
 * Which threads are neighbours is the device's affair: each counts its place among them. To be used where all threads are.
 */
export function together({ subgroups }: Pick<Tuning, 'subgroups'>, what: Together): string {
  const { type, value, result, by = 'sum', forFirst = false } = what;
  const largest = by === 'largest';
  const none = `${type}(${largest ? '-3.4e38' : '0.0'})`;
  const take = (other: string) => (largest ? `${result} = max(${result}, ${other});` : `${result} += ${other};`);
  if (!subgroups) {
    const loop = `for (var i = 0; i < ${SIZE}; i++) { ${take('own_values[i]')} }`;
    return `
      own_values[local] = ${value};
      workgroupBarrier();
      var ${result} = ${none};
      ${forFirst ? `if (local == 0) { ${loop} }` : loop}
      workgroupBarrier();`;
  }
  const near = largest ? 'subgroupMax' : 'subgroupAdd';
  return `
      let ${result}_near = ${near}(${value});
      own_values[local] = select(${none}, ${result}_near, subgroupElect());
      workgroupBarrier();
      var ${result} = ${none};
      let ${result}_lanes = subgroupAdd(1);
      for (var i = subgroupExclusiveAdd(1); i < ${SIZE}; i += ${result}_lanes) { ${take('own_values[i]')} }
      ${result} = ${near}(${result});
      workgroupBarrier();`;
}
