import type { Tensor } from '../../../graph/tensor';
import { float } from '../lowering';
import type { Rule } from '../rule';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { momentsOf, partsOf } from './statistics';

export const moments: Rule<'moments'> = {
  value: (node, to) => {
    const self = node as Tensor;
    const [x] = node.inputs;
    // The convolution may have left the parts already.
    to.setWhole(self, momentsOf(to, to.parts.get(self) ?? partsOf(to, to.of(x), x, node.attributes.groups)));
  },
  /** d mean = 1 / M, d variance = 2 (x - mean) / M. */
  gradients: ({ node, pass, dy }, to) => {
    const [x] = node.inputs;
    const layout = channelsOf(x.shape, node.attributes.groups, to.tuning);
    const { vectors, rows, type } = layout;
    const { reads, writes, store } = to.into(x, pass, 'dx', type);
    const loop = rowLoop(layout, store('at', `(gradient + (x[at] - mean) * tilt) / ${float(rows)}`));
    to.dispatch({
      label: 'moments gradient',
      reads: { x: [to.of(x), type], moments: [to.of(node as Tensor), type], dy: [dy, type], ...reads },
      writes,
      threads: threadsOf(layout),
      body: `
        ${PLACE(layout)}
        let mean = moments[2 * group * ${vectors} + c];
        let gradient = dy[2 * group * ${vectors} + c];
        let tilt = 2.0 * dy[(2 * group + 1) * ${vectors} + c];
        ${loop}`,
    });
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
  gradients: ({ node, pass, dy }, to) => {
    const [ofX] = node.inputs;
    const [groups, , channels] = ofX.shape;
    const { row, factor } = node.attributes;
    const { reads, writes, store } = to.into(ofX, pass, 'dx', 'f32');
    to.dispatch({
      label: 'poolMoments gradient',
      reads: { dy: [dy, 'f32'], ...reads },
      writes,
      threads: groups * 2 * channels,
      body: `
        let own = t / ${channels} % 2 == ${row};
        ${store('t', `select(0.0, dy[t % ${channels}] * ${float(factor / groups)}, own)`)}`,
    });
  },
};
