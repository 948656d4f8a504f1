import { elements, type Tensor } from '../../../graph/tensor';
import { addition } from '../../compiled/arithmetic';
import type { Slot } from '../../compiled/slot';
import { type Lowering, type Rule, vectorOf, widthOf } from '../lower/lowering';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { float } from './expression';
import { sumOfParts } from './parts';
import { together, togetherIn } from './together';

export const add = addition<Lowering>({
  value: (node, to) => {
    const [a, b] = node.inputs.map((input) => to.of(input));
    const y = to.make(node);
    const type = vectorOf(b.elements);
    to.dispatch({
      label: 'add vector',
      reads: { a: [a, type], b: [b, type] },
      writes: { y: [y, type] },
      threads: y.elements / widthOf(type),
      body: `store_y(t, load_a(t) + load_b(t % ${b.elements / widthOf(type)}));`,
      inPlace: 'a',
    });
  },
  /** In parts that fill the device. */
  gradient: (vector, pass, dy, to) => {
    const channels = elements(vector.shape);
    const layout = channelsOf([dy.elements / channels, channels], 1, to.tuning);
    const { type } = layout;
    const sums = to.slot('parts of columns', layout.parts * channels);
    to.dispatch({
      label: 'add vector gradient',
      reads: { dy: [dy, type] },
      writes: { sums: [sums, type] },
      threads: threadsOf(layout),
      body: `
        ${PLACE(layout)}
        var total = ${type}(0.0);
        ${rowLoop(layout, 'total += load_dy(at);')}
        store_sums(t, total);`,
    });
    sumOfParts(to, 'add vector gradient', layout, sums, to.into(vector, pass, 'dx', type));
  },
});

/** Elements that are worth a workgroup of their own. */
const SHARE = 4096;

/** Statement and operands: y[group] = the sum of every so many elements of x, times a factor, a workgroup each. */
export const sumsOf = (label: string, x: Slot, y: Slot, workgroups: number, factor: number) => ({
  label,
  reads: { x: [x, 'f32'] } as const,
  writes: { y: [y, 'f32'] } as const,
  workgroups: togetherIn('f32', workgroups),
  body: `
    var own = 0.0;
    for (var i = group * 64 + local; i < ${x.elements}; i += ${64 * workgroups}) { own += load_x(i); }
    ${together('own', 'total')}
    if (local == 0) { store_y(group, total * ${float(factor)}); }`,
});

/** Mean of all elements: by one workgroup, or of sums by several. */
export const mean: Rule<'mean'> = {
  value: (node, to) => {
    const x = to.of(node.inputs[0]);
    const shares = Math.min(SHARE, Math.ceil(x.elements / SHARE));
    const sums = shares > 1 ? to.slot('sums of a mean', shares) : x;
    if (sums !== x) to.dispatch(sumsOf('mean', x, sums, shares, 1));
    to.dispatch(sumsOf('mean', sums, to.make(node as Tensor), 1, 1 / x.elements));
  },
  gradients: ({ node, pass, dy }, to) => {
    const [x] = node.inputs;
    const { reads, writes, store } = to.into(x, pass, 'dx', 'f32');
    to.dispatch({
      label: 'mean gradient',
      reads: { dy: [dy, 'f32'], ...reads },
      writes,
      threads: elements(x.shape),
      body: store('t', `load_dy(0) / ${float(elements(x.shape))}`),
    });
  },
};
