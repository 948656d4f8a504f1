import type { Tensor } from '../../../graph/tensor';
import type { Rule } from '../lower/lowering';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { float } from './expression';
import { together, togetherIn } from './together';

/**
 * Mean and variance over each group of rows, [groups, 2, C], in two stages: threads take parts of the rows, then a workgroup for
 * each group and vector of channels puts the parts together (Chan et al. 1979). A part's sums are taken of the difference from its
 * own first row, so that values far from zero keep their digits.
 */
export const moments: Rule<'moments'> = {
  value: (node, to) => {
    const [x] = node.inputs;
    const layout = channelsOf(x.shape, node.attributes.groups, to.tuning);
    const { groups, rows, channels, vectors, type, parts } = layout;
    const split = to.slot('parts of moments', groups * parts * 2 * channels);
    to.dispatch({
      label: 'moments',
      reads: { x: [to.of(x), type] },
      writes: { parts: [split, type] },
      threads: threadsOf(layout),
      body: `
        ${PLACE(layout)}
        let first = load_x((group * ${rows} + part) * ${vectors} + c);
        var sum = ${type}(0.0);
        var square = ${type}(0.0);
        ${rowLoop(layout, 'let away = load_x(at) - first; sum += away; square += away * away;')}
        let mean = sum / f32((${rows + parts - 1} - part) / ${parts});
        let to = (group * ${parts} + part) * ${2 * vectors} + c;
        store_parts(to, first + mean);
        store_parts(to + ${vectors}, max(square - sum * mean, sum * 0.0));`,
    });
    const total = (term: string, result: string) => `
      var ${result}_own = ${type}(0.0);
      for (var p = local; p < ${parts}; p += 64) {
        let at = begin + p * ${2 * vectors};
        let count = f32((${rows + parts - 1} - p) / ${parts});
        ${result}_own += ${term};
      }
      ${together(`${result}_own`, result)}`;
    const made = to.slot('moments', groups * 2 * channels, { home: 'sums' });
    to.dispatch({
      label: 'moments',
      reads: { parts: [split, type] },
      writes: { y: [made, type] },
      workgroups: togetherIn(type, groups * vectors),
      body: `
        let begin = group / ${vectors} * ${2 * parts * vectors} + group % ${vectors};
        // Relative to the first part's mean, for the same reason.
        let near = load_parts(begin);
        ${total('(load_parts(at) - near) * count', 'away')}
        let mean = near + away / ${float(rows)};
        ${total(`load_parts(at + ${vectors}) + (load_parts(at) - mean) * (load_parts(at) - mean) * count`, 'deviation')}
        if (local == 0) {
          let to = group / ${vectors} * ${2 * vectors} + group % ${vectors};
          store_y(to, mean);
          store_y(to + ${vectors}, deviation / ${float(rows)});
        }`,
    });
    to.set(node as Tensor, made);
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
