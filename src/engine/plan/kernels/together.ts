import type { Element } from '../lower/command';

/** Threads of a workgroup that put their values together. */
const SIZE = 64;

type Type = Extract<Element, 'f32' | 'vec4f'>;

/** What a workgroup needs whose threads put values of this type together; `count` of them. */
export const togetherIn = (type: Type, count: number) => ({
  count,
  size: SIZE,
  shared: `var<workgroup> own_values: array<${type}, ${SIZE}>;`,
});

/**
 * Statements that declare `result`, the sum or the largest of the values of all 64 threads, in an order that is always the
 * same. To be used where all threads are.
 */
export const together = (value: string, result: string, by: 'sum' | 'largest' = 'sum'): string => `
  own_values[local] = ${value};
  workgroupBarrier();
  if (local == 0) {
    var all = own_values[0];
    for (var i = 1; i < ${SIZE}; i++) { all = ${by === 'sum' ? 'all + own_values[i]' : 'max(all, own_values[i])'}; }
    own_values[0] = all;
  }
  workgroupBarrier();
  let ${result} = own_values[0];
  workgroupBarrier();`;
