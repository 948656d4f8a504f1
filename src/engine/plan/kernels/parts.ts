import type { Slot } from '../../compiled/slot';
import type { Into, Lowering } from '../lower/lowering';
import { together, togetherIn } from './together';

interface PartSums {
  groups: number;
  parts: number;
  vectors: number;
  type: 'vec4f' | 'f32';
}

/** [groups, parts, vectors] -> [groups, vectors], added up in a fixed order: a workgroup of 64 for each vector. */
export function sumOfParts(
  to: Lowering,
  label: string,
  { groups, parts, vectors, type }: PartSums,
  from: Slot,
  { reads, writes, store }: Into,
): void {
  to.dispatch({
    label,
    reads: { parts: [from, type], ...reads },
    writes,
    workgroups: togetherIn(type, groups * vectors),
    body: `
      let begin = group / ${vectors} * ${parts * vectors} + group % ${vectors};
      var own = ${type}(0.0);
      for (var part = local; part < ${parts}; part += 64) { own += load_parts(begin + part * ${vectors}); }
      ${together('own', 'total')}
      if (local == 0) { ${store('group', 'total')} }`,
  });
}
