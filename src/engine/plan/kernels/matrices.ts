import type { Tensor } from '../../../graph/tensor';
import type { Rule } from '../lowering';
import { vectorOf } from '../lowering';
import { product } from './product';

/** y [N, O] = x [N, I] . w [I, O], or w [O, I] transposed. */
export const matMul: Rule<'matMul'> = {
  value: (node, to) => {
    const [x, w] = node.inputs;
    const [m, n] = node.shape;
    const y = to.make(node as Tensor);
    product(to, {
      label: 'matMul',
      form: node.attributes.transposeRight ? 'nt' : 'nn',
      ...{ m, n, k: x.shape[1], a: to.of(x), b: to.of(w) },
      writes: { y: [y, vectorOf(n)] },
      store: (index, value) => `store_y(${index}, ${value});`,
    });
  },
  /** dx = dy w', dw = x' dy. */
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w] = node.inputs;
    const [rows, outer] = node.shape;
    const inner = x.shape[1];
    const { transposeRight } = node.attributes;
    if (needs[0])
      product(to, {
        label: 'matMul dx',
        form: transposeRight ? 'nn' : 'nt',
        ...{ m: rows, n: inner, k: outer, a: dy, b: to.of(w) },
        ...to.into(x, pass, 'dx', vectorOf(inner)),
      });
    if (!needs[1]) return;
    const [n, m] = transposeRight ? [inner, outer] : [outer, inner];
    const [a, b] = transposeRight ? [dy, to.of(x)] : [to.of(x), dy];
    product(to, {
      label: 'matMul dw',
      form: 'tn',
      ...{ m, n, k: rows, a, b },
      ...to.into(w, pass, 'dx', vectorOf(n)),
    });
  },
};

/** y = x / max(|x|, 1e-12); dx = (dy - y (y . dy)) / max(|x|, 1e-12). A thread a row. */
export const unitRows: Rule<'unitRows'> = {
  value: (node, to) => {
    const [rows, columns] = node.shape;
    to.dispatch({
      label: 'unitRows',
      reads: { x: [to.of(node.inputs[0]), 'f32'] },
      writes: { y: [to.make(node as Tensor), 'f32'] },
      threads: rows,
      body: `
        var square = 0.0;
        for (var c = 0; c < ${columns}; c++) { square += load_x(t * ${columns} + c) * load_x(t * ${columns} + c); }
        let size = max(sqrt(square), 1e-12);
        for (var c = 0; c < ${columns}; c++) { store_y(t * ${columns} + c, load_x(t * ${columns} + c) / size); }`,
    });
  },
  gradients: ({ node, pass, dy }, to) => {
    const [rows, columns] = node.shape;
    const { reads, writes, store } = to.into(node.inputs[0], pass, 'dx', 'f32');
    to.dispatch({
      label: 'unitRows gradient',
      reads: { x: [to.of(node.inputs[0]), 'f32'], y: [to.of(node as Tensor), 'f32'], dy: [dy, 'f32'], ...reads },
      writes,
      threads: rows,
      body: `
        var square = 0.0;
        var along = 0.0;
        for (var c = 0; c < ${columns}; c++) {
          let i = t * ${columns} + c;
          square += load_x(i) * load_x(i);
          along += load_y(i) * load_dy(i);
        }
        let size = max(sqrt(square), 1e-12);
        for (var c = 0; c < ${columns}; c++) {
          let i = t * ${columns} + c;
          ${store('i', '(load_dy(i) - load_y(i) * along) / size')}
        }`,
    });
  },
};

/** Inner product row by row. A thread a row. */
export const rowDot: Rule<'rowDot'> = {
  value: (node, to) => {
    const [a, b] = node.inputs;
    const columns = a.shape[1];
    to.dispatch({
      label: 'rowDot',
      reads: { a: [to.of(a), 'f32'], b: [to.of(b), 'f32'] },
      writes: { y: [to.make(node as Tensor), 'f32'] },
      threads: node.shape[0],
      body: `
        var sum = 0.0;
        for (var c = 0; c < ${columns}; c++) { sum += load_a(t * ${columns} + c) * load_b(t * ${columns} + c); }
        store_y(t, sum);`,
    });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const columns = node.inputs[0].shape[1];
    for (const side of [0, 1] as const) {
      if (!needs[side]) continue;
      const { reads, writes, store } = to.into(node.inputs[side], pass, 'dx', 'f32');
      to.dispatch({
        label: 'rowDot gradient',
        reads: { dy: [dy, 'f32'], other: [to.of(node.inputs[1 - side]), 'f32'], ...reads },
        writes,
        threads: node.shape[0] * columns,
        body: store('t', `load_dy(t / ${columns}) * load_other(t)`),
      });
    }
  },
};
