import { type Dtype, elements, type Tensor } from '../../../graph/tensor';
import { INPUTS, NOTHING } from '../../schedule';
import { vectorOf, widthOf } from '../lowering';
import type { Rule } from '../rule';
import type { Slot } from '../slot';

const rowOf = ({ shape }: { shape: readonly number[] }): number => elements(shape.slice(1));
const typeOf = (dtype: Dtype, ...lengths: number[]) => (dtype === 'int32' ? 'i32' : vectorOf(...lengths));

/** The run of dy that belongs to an input is its slope as it stands. */
const part = (slot: Slot, offset: number) => ({ slot, offset, count: 1, stride: 0, factor: 1 });

export const concatRows: Rule<'concatRows'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    const [a, b] = node.inputs.map((input) => to.of(input));
    to.copy('concatRows', a, y, { count: a.elements });
    to.copy('concatRows', b, y, { count: b.elements, toOffset: a.elements });
  },
  slopes: ({ node, pass, dy, needs }, to) => {
    const [a, b] = node.inputs;
    if (needs[0]) to.give(a, pass, part(dy, 0));
    if (needs[1]) to.give(b, pass, part(dy, elements(a.shape)));
  },
  remembers: NOTHING,
};

export const sliceRows: Rule<'sliceRows'> = {
  value: (node, to) => {
    const [x] = node.inputs;
    const row = rowOf(x);
    const { begin, size } = node.attributes;
    to.copy('sliceRows', to.of(x), to.make(node as Tensor), { count: size * row, fromOffset: begin * row });
  },
  slopes: ({ node, pass, dy }, to) => {
    const [x] = node.inputs;
    const row = rowOf(x);
    const begin = node.attributes.begin * row;
    const { reads, writes, store } = to.into(x, pass, 'dx', 'f32');
    to.dispatch({
      label: 'sliceRows slope',
      reads: { dy: [dy, 'f32'], ...reads },
      writes,
      threads: elements(x.shape),
      body: `
        let inside = t >= ${begin} && t < ${begin + dy.elements};
        ${store('t', `select(0.0, dy[clamp(t - ${begin}, 0, ${dy.elements - 1})], inside)`)}`,
    });
  },
  remembers: NOTHING,
};

/** Row i is x[order[i]]; the slope of row j is the sum over all i with order[i] = j. */
export const gatherRows: Rule<'gatherRows'> = {
  value: (node, to) => {
    const [x, order] = node.inputs;
    const type = typeOf(node.dtype, rowOf(x));
    const row = rowOf(x) / widthOf(type);
    to.dispatch({
      label: 'gatherRows',
      reads: { x: [to.of(x), type], order: [to.of(order), 'i32'] },
      writes: { y: [to.make(node as Tensor), type] },
      threads: node.shape[0] * row,
      body: `y[t] = x[order[t / ${row}] * ${row} + t % ${row}];`,
    });
  },
  slopes: ({ node, pass, dy }, to) => {
    const [x, order] = node.inputs;
    const type = vectorOf(rowOf(x));
    const row = rowOf(x) / widthOf(type);
    const { reads, writes, store } = to.into(x, pass, 'dx', type);
    to.dispatch({
      label: 'gatherRows slope',
      reads: { dy: [dy, type], order: [to.of(order), 'i32'], ...reads },
      writes,
      threads: x.shape[0] * row,
      body: `
        var sum = ${type}(0.0);
        for (var i = 0; i < ${order.shape[0]}; i++) {
          if (order[i] == t / ${row}) { sum += dy[i * ${row} + t % ${row}]; }
        }
        ${store('t', 'sum')}`,
    });
  },
  remembers: INPUTS,
};

export const concatColumns: Rule<'concatColumns'> = {
  value: (node, to) => {
    const [a, b] = node.inputs;
    const [left, right] = [a.shape[1], b.shape[1]];
    to.dispatch({
      label: 'concatColumns',
      reads: { a: [to.of(a), 'f32'], b: [to.of(b), 'f32'] },
      writes: { y: [to.make(node as Tensor), 'f32'] },
      threads: elements(node.shape),
      body: `
        let row = t / ${left + right};
        let column = t % ${left + right};
        if (column < ${left}) { y[t] = a[row * ${left} + column]; } else { y[t] = b[row * ${right} + column - ${left}]; }`,
    });
  },
  slopes: ({ node, pass, dy, needs }, to) => {
    const columns = node.shape[1];
    let begin = 0;
    node.inputs.forEach((input, i) => {
      const width = input.shape[1];
      if (needs[i]) {
        const { reads, writes, store } = to.into(input, pass, 'dx', 'f32');
        to.dispatch({
          label: 'concatColumns slope',
          reads: { dy: [dy, 'f32'], ...reads },
          writes,
          threads: elements(input.shape),
          body: store('t', `dy[t / ${width} * ${columns} + ${begin} + t % ${width}]`),
        });
      }
      begin += width;
    });
  },
  remembers: NOTHING,
};

/** A copy of the ring with the rows written into it. Where the ring is a variable to be replaced, the copy is spared. */
export const writeRing: Rule<'writeRing'> = {
  value: (node, to) => {
    const [ring, rows, pointer] = node.inputs;
    if (pointer.kind !== 'scalar') throw new Error('plan: a ring pointer must be a scalar node');
    const y = to.make(node as Tensor);
    const before = to.of(ring);
    to.copy('writeRing', before, y);
    to.scalar(pointer.attributes.name);
    to.commands.push({
      type: 'ring',
      label: 'writeRing',
      from: to.full(rows),
      to: y,
      row: rowOf(ring),
      rows: ring.shape[0],
      count: rows.shape[0],
      pointer: pointer.attributes.name,
    });
  },
  remembers: NOTHING,
};

/** Nothing is computed: the same run of elements. */
export const reshape: Rule<'reshape'> = {
  value: (node, to) => to.alias(node as Tensor, node.inputs[0]),
  slopes: ({ node, pass, dy }, to) => to.give(node.inputs[0], pass, part(dy, 0)),
  remembers: NOTHING,
};
