import type { Tensor } from '../../../graph/tensor';
import type { Slot } from '../../compiled/slot';
import { byTable } from '../kernels/update_kernel';
import type { Part } from '../memory/assign';
import { VARIABLES } from './command';
import { type Lowering, vectorOf, widthOf } from './lowering';

const CONVOLUTIONS: ReadonlySet<string> = new Set(['conv2d', 'depthwiseConv2d', 'convolveFrozen']);

/** Half-precision elements between two places that a binding may begin at. */
const ALIGNMENT = 128;

/** Slots of all convolution filters that are variables. */
export function filtersAmong(to: Lowering, nodes: readonly Tensor[]): Slot[] {
  const filters = nodes.flatMap(({ kind, inputs }) => (CONVOLUTIONS.has(kind) && to.has(inputs[1]) ? [inputs[1]] : []));
  return [...new Set(filters.map((node) => to.of(node)))].filter(({ home }) => home === 'variable');
}

/**
 * Copies of filters that share a buffer, made of them by one dispatch, which finds them by a table. At the
 * beginning of each step: variables can be written from outside at any time, so that no copy outlives one.
 */
export function halveFilters(to: Lowering, masters: readonly Slot[], parts: Map<Slot, Part>): void {
  if (masters.length === 0) return;
  let end = 0;
  const segments = masters.map((slot) => {
    const into = end;
    end += Math.ceil(slot.elements / ALIGNMENT) * ALIGNMENT;
    return { elements: slot.elements, variables: [slot], sources: [], into };
  });
  const all = to.slot('half filters', end, { home: 'kept', half: true });
  const type = vectorOf(...masters.map(({ elements }) => elements));
  const { workgroups, table, place } = byTable(to, segments, widthOf(type), { variables: 1, sources: 0, into: true });
  to.dispatch({
    label: 'filters in half',
    reads: { table: [table, 'i32'], variables: [VARIABLES, type] },
    writes: { halves: [all, type] },
    workgroups,
    update: { segments, written: [], width: widthOf(type), table },
    body: `
      ${place}
      store_halves(load_table(segment + 2) + i, load_variables(load_table(segment + 1) + i));`,
  });
  for (const { elements, variables, into } of segments) {
    const copy = to.slot(`half ${variables[0].label}`, elements, { home: 'kept', half: true });
    to.filters.set(variables[0], copy);
    parts.set(copy, { of: all, offset: 2 * into });
  }
}
