import { elements, type Tensor } from '../../../graph/tensor';
import { type Into, type Lowering, type Rule, whole, widthOf } from '../lower/lowering';
import { forward, inputGradient } from './convolution';
import { filterGradient } from './filter_gradient';
import { asItIs } from './finish';
import { type Geometry, geometryOf } from './geometry';
import { partialGradient, partsOfGradient } from './split_k';

/** A matrix [inputs, outputs] as the filter of a convolution of pictures of one pixel. */
const onePixel = (rows: number, inputs: number, outputs: number): Geometry =>
  geometryOf({
    inputs: [{ shape: [rows, 1, 1, inputs] }, { shape: [1, 1, inputs, outputs] }],
    shape: [rows, 1, 1, outputs],
    attributes: { stride: 1, padding: [0, 0, 0, 0] },
  });

/** vec4 of a sum that are worth a part of their own, and results of a thread. */
const [WORTH, EACH] = [64, 16];

/** Parts of the gradient at the rows: where the sum is long and its results are few, as behind logits over a large queue. */
const partsOf = ({ tuning }: Lowering, size: number, depth: number): number =>
  partsOfGradient(size, Math.ceil((EACH * tuning.threads) / size), Math.floor(depth / 4 / WORTH));

/** y [N, O] = x [N, I] . w [I, O], or w [O, I] transposed: then y is what a convolution's gradient at its input is. */
export const matMul: Rule<'matMul'> = {
  value: (node, to) => {
    const [x, w] = node.inputs.map((input) => to.of(input));
    const [rows, outputs] = node.shape;
    const inner = node.inputs[0].shape[1];
    const made = to.make(node as Tensor);
    if (node.attributes.transposeRight) {
      const g = onePixel(rows, outputs, inner);
      inputGradient(to, g, { dy: x, w, into: whole(made, g.inType), label: 'matMul' });
    } else {
      const g = onePixel(rows, inner, outputs);
      forward(to, g, { x, w, into: whole(made, g.outType), finish: asItIs('matMul') });
    }
  },
  /** dx = dy w', dw = x' dy. */
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w] = node.inputs;
    const [rows, outputs] = node.shape;
    const inner = x.shape[1];
    const { transposeRight } = node.attributes;
    const g = transposeRight ? onePixel(rows, outputs, inner) : onePixel(rows, inner, outputs);
    if (needs[1]) {
      const operands = transposeRight ? { x: dy, dy: to.of(x) } : { x: to.of(x), dy };
      filterGradient(to, g, { ...operands, w, pass, label: 'matMul dw' });
    }
    if (!needs[0]) return;
    const product = (into: Into, parts?: number): void => {
      const label = 'matMul dx';
      if (transposeRight) forward(to, g, { x: dy, w: to.of(w), into, finish: asItIs(label), parts });
      else inputGradient(to, g, { dy, w: to.of(w), into, label, parts });
    };
    const type = transposeRight ? g.outType : g.inType;
    const size = elements(x.shape);
    const parts = partsOf(to, size, outputs);
    if (parts === 1) return product(to.into(x, pass, 'dx', type));
    const { slot, give } = partialGradient(to, 'matMul dx', x, pass, parts);
    const { reads, writes, store } = whole(slot, type);
    const apart = (at: string, value: string) => store(`part * ${size / widthOf(type)} + ${at}`, value);
    product({ reads, writes, store: apart }, parts);
    give();
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
