import type { Tensor } from '../../../graph/tensor';
import type { Slot } from '../../compiled/slot';
import { float } from '../expression';
import type { Rule } from '../lowering';
import { type Lowering, type Parts, vectorOf, widthOf } from '../lowering';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { together, togetherIn } from './together';

// Mean and variance over each group of rows, [groups, 2, C], in two stages: threads take parts of the rows, then the parts
// are put together (Chan et al. 1979). A part's sums are taken of the difference from its own first row, so that values
// far from zero keep their digits.

/** Statements that begin a part, take in a row's `value`, and store the part's mean and squared deviation; `v` tells variables of several apart. */
export const PART_BEGIN = (type: string, v: number | string = ''): string => `
  var first${v} = ${type}(0.0);
  var sum${v} = ${type}(0.0);
  var square${v} = ${type}(0.0);
  var count${v} = 0;`;
export const PART_ROW = (type: string, value: string, v: number | string = ''): string => `{
  if (count${v} == 0) { first${v} = ${value}; }
  let away: ${type} = ${value} - first${v};
  sum${v} += away;
  square${v} += away * away;
  count${v}++;
}`;
/** `at` is the vector's index in parts [groups, parts, 2, C]. */
export const PART_END = (at: string, vectors: number, v: number | string = ''): string => `{
  let mean = sum${v} / f32(max(count${v}, 1));
  store_parts(${at}, first${v} + mean);
  store_parts(${at} + ${vectors}, max(square${v} - sum${v} * mean, sum${v} * 0.0));
}`;

/** Parts of x, by a pass over it. */
function partsOf(to: Lowering, x: Slot, node: Tensor, groups: number): Parts {
  const layout = channelsOf(node.shape, groups, to.tuning);
  const { rows, channels, vectors, type, parts } = layout;
  const slot = to.slot('parts of moments', groups * parts * 2 * channels);
  to.dispatch({
    label: 'moments',
    reads: { x: [x, type] },
    writes: { parts: [slot, type] },
    threads: threadsOf(layout),
    body: `
      ${PLACE(layout)}
      ${PART_BEGIN(type)}
      ${rowLoop(layout, PART_ROW(type, 'load_x(at)'))}
      ${PART_END(`((group * ${parts} + part) * 2) * ${vectors} + c`, vectors)}`,
  });
  return { slot, groups, channels, parts, units: rows, unit: 1 };
}

/** Rows in part `p` of a group. */
const countOf = ({ units, unit, parts }: Parts): string => `f32((${units} - p + ${parts - 1}) / ${parts} * ${unit})`;

/** Moments [groups, 2, C] out of their parts: a workgroup for each group and vector of channels, whose 64 threads add them up. */
function momentsOf(to: Lowering, of: Parts): Slot {
  const slot = to.slot('moments', of.groups * 2 * of.channels, { home: 'sums' });
  const type = vectorOf(of.channels);
  const vectors = of.channels / widthOf(type);
  const begin = `group / ${vectors} * ${2 * of.parts * vectors} + group % ${vectors}`;
  const at = `begin + p * ${2 * vectors}`;
  const rows = float(of.units * of.unit);
  const total = (term: string, result: string) => `
    var ${result}_own = ${type}(0.0);
    for (var p = local; p < ${of.parts}; p += 64) { ${result}_own += ${term}; }
    ${together(`${result}_own`, result)}`;
  to.dispatch({
    label: 'moments',
    reads: { parts: [of.slot, type] },
    writes: { y: [slot, type] },
    workgroups: togetherIn(type, of.groups * vectors),
    body: `
      let begin = ${begin};
      // Relative to the first part's mean, for the same reason.
      let near = load_parts(begin);
      ${total(`(load_parts(${at}) - near) * ${countOf(of)}`, 'away')}
      let mean = near + away / ${rows};
      ${total(`load_parts(${at} + ${vectors}) + (load_parts(${at}) - mean) * (load_parts(${at}) - mean) * ${countOf(of)}`, 'deviation')}
      if (local == 0) {
        let to = group / ${vectors} * ${2 * vectors} + group % ${vectors};
        store_y(to, mean);
        store_y(to + ${vectors}, deviation / ${rows});
      }`,
  });
  return slot;
}

export const moments: Rule<'moments'> = {
  value: (node, to) => {
    const self = node as Tensor;
    const [x] = node.inputs;
    // The convolution may have left the parts already.
    to.set(self, momentsOf(to, to.parts.get(self) ?? partsOf(to, to.of(x), x, node.attributes.groups)));
  },
};

/** Mean over groups of one row of the moments, times the factor: left as a sum for whoever reads it. */
export const poolMoments: Rule<'poolMoments'> = {
  value: (node, to) => {
    const [ofX] = node.inputs;
    const [groups, , channels] = ofX.shape;
    const { row, factor } = node.attributes;
    const slot = to.of(ofX);
    to.set(node as Tensor, {
      slot,
      offset: row * channels,
      count: groups,
      stride: 2 * channels,
      factor: factor / groups,
    });
  },
};
