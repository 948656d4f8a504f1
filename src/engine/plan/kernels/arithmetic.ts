import { elements, type OpKind, type Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../rule';
import { float, type Lowering, vectorOf, widthOf } from '../lowering';
import type { Backward, Rule } from '../rule';
import type { Slot } from '../slot';
import { activated, behind } from './activated';
import { columnSums } from './column_sums';
import { together, togetherIn } from './together';

/** y[i] = expression of a[i], b[i], ...; the result may take the place of the first. */
function elementwise(to: Lowering, label: string, operands: Record<string, Slot>, y: Slot, expression: string): void {
  const type = vectorOf(y.elements);
  to.dispatch({
    label,
    reads: Object.fromEntries(Object.entries(operands).map(([name, slot]) => [name, [slot, type]])),
    writes: { y: [y, type] },
    threads: y.elements / widthOf(type),
    body: `y[t] = ${expression};`,
    inPlace: Object.keys(operands)[0],
  });
}

/** Adds an expression of dy[t] and other operands to the gradient at input `index`. */
function gradientAt<K extends OpKind>(
  to: Lowering,
  { node, pass, dy }: Backward<NodeOf<K>>,
  index: number,
  expression: string,
  operands: Record<string, Slot> = {},
): void {
  const type = vectorOf(dy.elements);
  const { reads, writes, store } = to.into(node.inputs[index], pass, 'dx', type);
  const others = Object.entries(operands).map(([name, slot]) => [name, [slot, type] as const]);
  to.dispatch({
    label: `${node.kind} gradient`,
    reads: { dy: [dy, type], ...Object.fromEntries(others), ...reads },
    writes,
    threads: dy.elements / widthOf(type),
    body: store('t', expression),
  });
}

/** A factor that is a number of the graph, or one of the run's. */
const factorOf = (to: Lowering, number: number | null, scalar: Tensor | undefined): string => {
  if (number !== null) return float(number);
  if (scalar?.kind !== 'scalar') throw new Error('plan: a factor must be a number or a scalar node');
  return `scalars[${to.scalar(scalar.attributes.name)}]`;
};

export const relu: Rule<'relu'> = {
  value: (node, to) => {
    const x = to.of(node.inputs[0]);
    elementwise(to, 'relu', { x }, to.make(node as Tensor), activated('x[t]', vectorOf(x.elements), 'relu'));
  },
  gradients: (backward, to) => {
    const y = to.of(backward.node as Tensor);
    gradientAt(to, backward, 0, behind('dy[t]', 'y[t]', vectorOf(backward.dy.elements), 'relu'), { y });
  },
};

export const relu6: Rule<'relu6'> = {
  value: (node, to) => {
    const x = to.of(node.inputs[0]);
    elementwise(to, 'relu6', { x }, to.make(node as Tensor), activated('x[t]', vectorOf(x.elements), 'relu6'));
  },
  gradients: (backward, to) => {
    const y = to.of(backward.node as Tensor);
    gradientAt(to, backward, 0, behind('dy[t]', 'y[t]', vectorOf(backward.dy.elements), 'relu6'), { y });
  },
};

export const scale: Rule<'scale'> = {
  value: (node, to) =>
    elementwise(
      to,
      'scale',
      { x: to.of(node.inputs[0]) },
      to.make(node as Tensor),
      `x[t] * ${float(node.attributes.factor)}`,
    ),
  gradients: (backward, to) => gradientAt(to, backward, 0, `dy[t] * ${float(backward.node.attributes.factor)}`),
};

export const addScaled: Rule<'addScaled'> = {
  value: (node, to) => {
    const [left, right, scalar] = node.inputs;
    const factor = factorOf(to, node.attributes.factor, scalar);
    const operands = { a: to.of(left), b: to.of(right) };
    elementwise(to, 'add scaled', operands, to.make(node as Tensor), `a[t] + ${factor} * b[t]`);
  },
  gradients: (backward, to) => {
    const { node, needs } = backward;
    if (needs[0]) gradientAt(to, backward, 0, 'dy[t]');
    if (needs[1]) gradientAt(to, backward, 1, `dy[t] * ${factorOf(to, node.attributes.factor, node.inputs[2])}`);
  },
};

export const blend: Rule<'blend'> = {
  value: (node, to) => {
    const [left, right, scalar] = node.inputs;
    const weight = factorOf(to, node.attributes.weight, scalar);
    const operands = { a: to.of(left), b: to.of(right) };
    elementwise(to, 'blend', operands, to.make(node as Tensor), `a[t] * (1.0 - ${weight}) + b[t] * ${weight}`);
  },
};

export const mul: Rule<'mul'> = {
  value: (node, to) => {
    const [a, b] = node.inputs.map((input) => to.of(input));
    elementwise(to, 'mul', { a, b }, to.make(node as Tensor), 'a[t] * b[t]');
  },
  gradients: (backward, to) => {
    const { node, needs } = backward;
    const [a, b] = node.inputs.map((input) => to.of(input));
    if (needs[0]) gradientAt(to, backward, 0, 'dy[t] * b[t]', { b });
    if (needs[1]) gradientAt(to, backward, 1, 'dy[t] * a[t]', { a });
  },
};

export const exp: Rule<'exp'> = {
  value: (node, to) => elementwise(to, 'exp', { x: to.of(node.inputs[0]) }, to.make(node as Tensor), 'exp(x[t])'),
  gradients: (backward, to) => gradientAt(to, backward, 0, 'dy[t] * y[t]', { y: to.of(backward.node as Tensor) }),
};

/** Elementwise, or a vector added to every row: its gradient is the sum of dy over the rows. */
export const add: Rule<'add'> = {
  value: (node, to) => {
    const [left, right] = node.inputs;
    const [a, b] = [to.of(left), to.of(right)];
    const y = to.make(node as Tensor);
    if (a.elements === b.elements) return elementwise(to, 'add', { a, b }, y, 'a[t] + b[t]');
    const type = vectorOf(b.elements);
    to.dispatch({
      label: 'add vector',
      reads: { a: [a, type], b: [b, type] },
      writes: { y: [y, type] },
      threads: y.elements / widthOf(type),
      body: `y[t] = a[t] + b[t % ${b.elements / widthOf(type)}];`,
      inPlace: 'a',
    });
  },
  gradients: (backward, to) => {
    const { node, pass, dy, needs } = backward;
    const [left, right] = node.inputs;
    const pass1 = { slot: dy, offset: 0, count: 1, stride: 0, factor: 1 };
    if (needs[0]) to.give(left, pass, pass1);
    if (!needs[1]) return;
    if (elements(right.shape) === dy.elements) return to.give(right, pass, pass1);
    columnSums(to, right, pass, dy);
  },
};

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
    for (var i = group * 64 + local; i < ${x.elements}; i += ${64 * workgroups}) { own += x[i]; }
    ${together('own', 'total')}
    if (local == 0) { y[group] = total * ${float(factor)}; }`,
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
      body: store('t', `dy[0] / ${float(elements(x.shape))}`),
    });
  },
};

/** Nothing is computed: the value is the input's. */
export const stopGradient: Rule<'stopGradient'> = {
  value: (node, to) => to.alias(node as Tensor, node.inputs[0]),
};
