import { elements, type Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Lowering, Rule } from '../lower/lowering';

const rowOf = ({ shape }: Pick<Tensor, 'shape'>): number => elements(shape.slice(1));

/** Some elements of rows: where they begin in a slot, and elements from row to row there. */
interface Columns {
  slot: Slot;
  begin: number;
  row: number;
}

interface Copied {
  label: string;
  rows: number;
  /** Elements of each row. */
  count: number;
  from: Columns;
  into: Columns;
  /** Whether they are added to what is there. */
  more?: boolean;
  /** Which rows, in order. */
  order?: Slot;
}

const columns = (slot: Slot, row: number, begin = 0): Columns => ({ slot, begin, row });

/** Elements of rows from one place to another. */
function copyRows(to: Lowering, { label, rows, count, from, into, more = false, order }: Copied): void {
  const place = ({ slot, begin, row }: Columns) => [{ slot, offset: 4 * begin }, 4 * row];
  to.launchRows('copyRows', rows, count, [4 * count, ...place(from), ...place(into), Number(more), order ?? 0], label);
}

/** y + a vector in every row. */
export function addToRows(to: Lowering, vector: Slot, y: Slot): void {
  const count = vector.elements;
  const [from, into] = [columns(vector, 0), columns(y, count)];
  copyRows(to, { label: 'add', rows: y.elements / count, count, from, into, more: true });
}

/** Inputs as runs of elements in each of so many rows of the result: side by side in its rows, or each in rows of its own. */
function runsOf({ kind, inputs, shape }: NodeOf<'concatColumns' | 'concatRows'>) {
  const across = kind === 'concatColumns';
  const row = across ? shape[shape.length - 1] : rowOf({ shape });
  let begin = 0;
  return inputs.map((input) => {
    const count = across ? input.shape[input.shape.length - 1] : row;
    const rows = elements(input.shape) / count;
    const at = begin;
    begin += across ? count : rows * row;
    return { input, rows, count, part: (of: Slot) => columns(of, row, at), whole: (of: Slot) => columns(of, count) };
  });
}

const concat: Rule<'concatColumns' | 'concatRows'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    for (const { input, rows, count, part, whole } of runsOf(node))
      copyRows(to, { label: node.kind, rows, count, from: whole(to.of(input)), into: part(y) });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    runsOf(node).forEach(({ input, rows, count, part, whole }, i) => {
      if (!needs[i]) return;
      const { slot, more } = to.into(input, pass);
      copyRows(to, { label: `${node.kind} dx`, rows, count, from: part(dy), into: whole(slot), more });
    });
  },
};
export const concatColumns: Rule<'concatColumns'> = concat;
export const concatRows: Rule<'concatRows'> = concat;

export const sliceRows: Rule<'sliceRows'> = {
  value: (node, to) => {
    const [x] = node.inputs;
    const row = rowOf(x);
    const { begin, size } = node.attributes;
    const y = to.make(node as Tensor);
    const [from, into] = [columns(to.of(x), row, begin * row), columns(y, row)];
    copyRows(to, { label: 'sliceRows', rows: size, count: row, from, into });
  },
};

/** y[i] = x[order[i]]; dx[r] = sum of dy[i] where order[i] is r. */
export const gatherRows: Rule<'gatherRows'> = {
  value: (node, to) => {
    const [x, order] = node.inputs;
    const y = to.make(node as Tensor);
    const row = rowOf(x);
    const [from, into] = [columns(to.of(x), row), columns(y, row)];
    copyRows(to, { label: 'gatherRows', rows: node.shape[0], count: row, from, into, order: to.of(order) });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, order] = node.inputs;
    if (!needs[0]) return;
    const { slot, more } = to.into(x, pass);
    const [rows, row, given] = [x.shape[0], rowOf(x), node.shape[0]];
    const parameters = [4 * row, dy, to.of(order), slot, given, Number(more)];
    to.launchRows('gatherRowsGradient', rows, row + given, parameters, 'gatherRows dx');
  },
};

/** The copy is spared where the ring is a variable that nobody reads any more. */
export const writeRing: Rule<'writeRing'> = {
  value: (node, to) => {
    const [ring, rows, pointer] = node.inputs;
    const y = to.make(node as Tensor);
    to.copy('writeRing', to.of(ring), y);
    const parameters = [rows.shape[0], 4 * rowOf(rows), to.of(rows), y, ring.shape[0], to.of(pointer)];
    to.launch('writeRing', 1, parameters);
  },
};

export const unitRows: Rule<'unitRows'> = {
  value: (node, to) => {
    const [rows, channels] = node.shape;
    const y = to.make(node as Tensor);
    to.launchRows('unitRows', rows, 4 * channels, [channels, to.of(node.inputs[0]), y]);
  },
  gradients: ({ node, pass, dy }, to) => {
    const [rows, channels] = node.shape;
    const [x] = node.inputs;
    const { slot, more } = to.into(x, pass);
    const parameters = [channels, to.of(x), to.of(node as Tensor), dy, slot, Number(more)];
    to.launchRows('unitRowsGradient', rows, 4 * channels, parameters, 'unitRows dx');
  },
};

export const rowDot: Rule<'rowDot'> = {
  value: (node, to) => {
    const [a, b] = node.inputs;
    const [rows, channels] = a.shape;
    const y = to.make(node as Tensor);
    to.launchRows('rowDot', rows, 4 * channels, [channels, to.of(a), to.of(b), y]);
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [a, b] = node.inputs;
    const [rows, channels] = a.shape;
    const scaled = (of: Tensor, other: Tensor) => {
      const { slot, more } = to.into(of, pass);
      const parameters = [channels, to.of(other), dy, slot, Number(more)];
      to.launchRows('scaleRows', rows, channels, parameters, 'rowDot gradient');
    };
    if (needs[0]) scaled(a, b);
    if (needs[1]) scaled(b, a);
  },
};
