import { type Dtype, elements, type Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Rule } from '../lower/lowering';
import { vectorOf, widthOf } from '../lower/lowering';
import { inPieces } from '../memory/pieces';

const rowOf = ({ shape }: { shape: readonly number[] }): number => elements(shape.slice(1));
const lastOf = ({ shape }: { shape: readonly number[] }): number => shape[shape.length - 1];
const typeOf = (dtype: Dtype, ...lengths: number[]) => (dtype === 'int32' ? 'i32' : vectorOf(...lengths));

/** The run of dy that belongs to an input is its gradient as it stands. */
const part = (slot: Slot, offset: number) => ({ slot, offset, count: 1, stride: 0, factor: 1 });

export const concatRows: Rule<'concatRows'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    const [a, b] = node.inputs.map((input) => to.of(input));
    to.copy('concatRows', a, y, { elements: a.elements });
    to.copy('concatRows', b, y, { elements: b.elements, toOffset: a.elements });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [a, b] = node.inputs;
    if (needs[0]) to.give(a, pass, part(dy, 0));
    if (needs[1]) to.give(b, pass, part(dy, elements(a.shape)));
  },
};

export const sliceRows: Rule<'sliceRows'> = {
  value: (node, to) => {
    const [x] = node.inputs;
    const row = rowOf(x);
    const { begin, size } = node.attributes;
    to.copy('sliceRows', to.of(x), to.make(node as Tensor), { elements: size * row, fromOffset: begin * row });
  },
};

/** Row i is x[order[i]]; the gradient of row j is the sum over all i with order[i] = j. */
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
      body: `store_y(t, load_x(load_order(t / ${row}) * ${row} + t % ${row}));`,
    });
  },
  gradients: ({ node, pass, dy }, to) => {
    const [x, order] = node.inputs;
    const type = vectorOf(rowOf(x));
    const row = rowOf(x) / widthOf(type);
    const { reads, writes, store } = to.into(x, pass, 'dx', type);
    to.dispatch({
      label: 'gatherRows gradient',
      reads: { dy: [dy, type], order: [to.of(order), 'i32'], ...reads },
      writes,
      threads: x.shape[0] * row,
      body: `
        var sum = ${type}(0.0);
        for (var i = 0; i < ${order.shape[0]}; i++) {
          if (load_order(i) == t / ${row}) { sum += load_dy(i * ${row} + t % ${row}); }
        }
        ${store('t', 'sum')}`,
    });
  },
};

/** Inputs that one dispatch reads: with the result, as many buffers as every device binds. */
const MOST_READ = 7;

/** Rows of all inputs side by side. */
export const concatColumns: Rule<'concatColumns'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    const { rows, type, columns, runs } = sideBySide(node);
    for (const run of inPieces(runs, () => 1, MOST_READ)) {
      const [begin, end] = [run[0].begin, run[run.length - 1].begin + run[run.length - 1].width];
      to.dispatch({
        label: 'concatColumns',
        reads: Object.fromEntries(run.map(({ input }, i) => [`x${i}`, [to.of(input), type] as const])),
        writes: { y: [y, type] },
        threads: rows * (end - begin),
        body: `
          let row = t / ${end - begin};
          let column = ${begin} + t % ${end - begin};
          let at = row * ${columns} + column;
          ${run
            .map((one, i) => {
              const copied = `{ store_y(at, load_x${i}(row * ${one.width} + column - ${one.begin})); }`;
              return i < run.length - 1 ? `if (column < ${one.begin + one.width}) ${copied} else` : copied;
            })
            .join('\n')}`,
      });
    }
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const { rows, type, columns, runs } = sideBySide(node);
    runs.forEach(({ input, begin, width }, i) => {
      if (!needs[i]) return;
      const { reads, writes, store } = to.into(input, pass, 'dx', type);
      to.dispatch({
        label: 'concatColumns gradient',
        reads: { dy: [dy, type], ...reads },
        writes,
        threads: rows * width,
        body: store('t', `load_dy(t / ${width} * ${columns} + ${begin} + t % ${width})`),
      });
    });
  },
};

/** Where each input's columns begin in a row of the result, counted as the widest elements that divide them all. */
function sideBySide({ inputs, shape }: NodeOf<'concatColumns'>) {
  const type = vectorOf(...inputs.map(lastOf));
  const columns = lastOf({ shape }) / widthOf(type);
  let end = 0;
  const runs = inputs.map((input) => {
    const width = lastOf(input) / widthOf(type);
    end += width;
    return { input, width, begin: end - width };
  });
  return { rows: elements(shape) / lastOf({ shape }), type, columns, runs };
}

/** A copy of the ring with the rows written into it. Where the ring is a variable to be replaced, the copy is spared. */
export const writeRing: Rule<'writeRing'> = {
  value: (node, to) => {
    const [ring, rows, pointer] = node.inputs;
    if (pointer.kind !== 'scalar') throw new Error('plan: a ring pointer must be a scalar node');
    const y = to.make(node as Tensor);
    const before = to.of(ring);
    to.copy('writeRing', before, y);
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
};
