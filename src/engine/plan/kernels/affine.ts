import type { Tensor } from '../../../graph/tensor';
import { vectorOf } from '../lowering';
import type { FusedRule } from '../rule';
import { whole } from '../slot';
import { product, resultType } from './product';

/** y = relu?(x w + b). Behind the ReLU, dy counts where y is above 0: the products read it through that mask. */
export const affine: FusedRule<'affine'> = {
  value: (node, to) => {
    const [x, w, b] = node.inputs;
    const [m, n] = node.shape;
    const type = resultType({ n });
    const { relu } = node.attributes;
    product(to, {
      label: 'affine',
      form: 'nn',
      ...{ m, n, k: x.shape[1], a: to.of(x), b: to.of(w) },
      reads: { bias: [to.of(b), type] },
      writes: { y: [to.make(node as unknown as Tensor), type] },
      store: (index, value) =>
        `y[${index}] = ${relu ? `max(${value} + bias[column], ${type}(0.0))` : `${value} + bias[column]`};`,
    });
  },
  /** dw = x' g with db, the sum of g's rows, beside it; dx = g w'. */
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w, b] = node.inputs;
    const [rows, outer] = node.shape;
    const inner = x.shape[1];
    const mask = node.attributes.relu ? to.of(node as unknown as Tensor) : null;
    if (needs[1] || needs[2]) {
      const type = vectorOf(outer);
      const [dw, db] = [inner * outer, outer].map((size) => to.slot('affine dw', size, { home: 'sums' }));
      product(to, {
        label: 'affine dw',
        form: 'tn',
        ...{ m: inner, n: outer, k: rows, a: to.of(x), b: dy },
        ...(mask ? { masked: { operand: 'b' as const, by: mask } } : {}),
        writes: { dw: [dw, type], db: [db, type] },
        store: (index, value) => `dw[${index}] = ${value};`,
        sums: (value) => `db[column] = ${value};`,
      });
      if (needs[1]) to.give(w, pass, whole(dw));
      if (needs[2]) to.give(b, pass, whole(db));
    }
    if (needs[0])
      product(to, {
        label: 'affine dx',
        form: 'nt',
        ...{ m: rows, n: inner, k: outer, a: dy, b: to.of(w) },
        ...(mask ? { masked: { operand: 'a' as const, by: mask } } : {}),
        ...to.into(x, pass, 'dx', resultType({ n: inner })),
      });
  },
};
