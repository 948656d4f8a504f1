import { elements, type Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Lowering, Rule } from '../lower/lowering';
import { sumsOf } from './arithmetic';
import { float } from './expression';
import { together, togetherIn } from './together';

/** What takes the place of a masked logit; finite, so that nothing times it is not a number. */
const MASKED = '-1e30';

/** Operands and statement: `other` where an id of row t / width is that of column t % width, else x. */
function masked(node: NodeOf<'maskSame'>, to: Lowering, x: Slot, other: string) {
  const [{ shape }, rows, columns] = node.inputs;
  const [, width] = shape;
  const [, each = 1] = rows.shape;
  return {
    reads: { x: [x, 'f32'], rows: [to.of(rows), 'i32'], columns: [to.of(columns), 'i32'] },
    threads: elements(shape),
    choice: `
      var masked = false;
      for (var m = 0; m < ${each}; m++) { masked = masked || load_rows(t / ${width} * ${each} + m) == load_columns(t % ${width}); }`,
    value: `select(load_x(t), ${other}, masked)`,
  } as const;
}

export const maskSame: Rule<'maskSame'> = {
  value: (node, to) => {
    const { choice, value, ...operands } = masked(node, to, to.of(node.inputs[0]), MASKED);
    const writes = { y: [to.make(node as Tensor), 'f32'] } as const;
    to.dispatch({ label: 'maskSame', ...operands, writes, body: `${choice} store_y(t, ${value});`, inPlace: 'x' });
  },
  gradients: ({ node, pass, dy }, to) => {
    const { choice, value, threads, ...given } = masked(node, to, dy, '0.0');
    const { reads, writes, store } = to.into(node.inputs[0], pass, 'dx', 'f32');
    const body = `${choice} ${store('t', value)}`;
    to.dispatch({ label: 'maskSame gradient', reads: { ...given.reads, ...reads }, writes, threads, body });
  },
};

/**
 * A workgroup a row: the largest logit, then the exponentials of the target and the sum of all others'. Apart, because
 * 1 - softmax(target) would lose its digits when it is taken from a softmax near 1.
 */
const rowSums = (width: number): string => `
  var own = -3.4e38;
  for (var c = local; c < ${width}; c += 64) { own = max(own, load_x(group * ${width} + c)); }
  ${together('own', 'largest', 'largest')}
  var part = 0.0;
  for (var c = local; c < ${width}; c += 64) {
    if (c != load_targets(group)) { part += exp(load_x(group * ${width} + c) - largest); }
  }
  ${together('part', 'others')}
  let total = others + exp(load_x(group * ${width} + load_targets(group)) - largest);`;

export const crossEntropy: Rule<'crossEntropy'> = {
  value: (node, to) => {
    const [logits, targets] = node.inputs;
    const [rows, width] = logits.shape;
    to.dispatch({
      label: 'crossEntropy',
      reads: { x: [to.of(logits), 'f32'], targets: [to.of(targets), 'i32'] },
      writes: { y: [to.make(node as Tensor), 'f32'] },
      workgroups: togetherIn('f32', rows),
      body: `
        ${rowSums(width)}
        if (local == 0) { store_y(group, log(total) + (largest - load_x(group * ${width} + load_targets(group)))); }`,
    });
  },
  /** softmax - one-hot of the target. */
  gradients: ({ node, pass, dy }, to) => {
    const [logits, targets] = node.inputs;
    const [rows, width] = logits.shape;
    const { reads, writes, store } = to.into(logits, pass, 'dx', 'f32');
    to.dispatch({
      label: 'crossEntropy gradient',
      reads: { x: [to.of(logits), 'f32'], targets: [to.of(targets), 'i32'], dy: [dy, 'f32'], ...reads },
      writes,
      workgroups: togetherIn('f32', rows),
      body: `
        ${rowSums(width)}
        for (var c = local; c < ${width}; c += 64) {
          let i = group * ${width} + c;
          let share = select(exp(load_x(i) - largest), -others, c == load_targets(group)) / total;
          ${store('i', 'load_dy(group) * share')}
        }`,
    });
  },
};

export const isLargest: Rule<'isLargest'> = {
  value: (node, to) => {
    const [logits, targets] = node.inputs;
    const [rows, width] = logits.shape;
    to.dispatch({
      label: 'isLargest',
      reads: { x: [to.of(logits), 'f32'], targets: [to.of(targets), 'i32'] },
      writes: { y: [to.make(node as Tensor), 'f32'] },
      workgroups: togetherIn('f32', rows),
      body: `
        let target_at = group * ${width} + load_targets(group);
        var own = -3.4e38;
        for (var c = group * ${width} + local; c < (group + 1) * ${width}; c += 64) {
          if (c != target_at) { own = max(own, load_x(c)); }
        }
        ${together('own', 'others', 'largest')}
        if (local == 0) { store_y(group, select(0.0, 1.0, load_x(target_at) > others)); }`,
    });
  },
};

/** sqrt(C) times the mean over the columns of their deviation, a workgroup each. */
export const featureStd: Rule<'featureStd'> = {
  value: (node, to) => {
    const [x] = node.inputs;
    const [rows, columns] = x.shape;
    const deviations = to.slot('deviations', columns);
    const total = (value: string, name: string) => `
      var ${name}_own = 0.0;
      for (var i = group + local * ${columns}; i < ${rows * columns}; i += ${64 * columns}) { ${name}_own += ${value}; }
      ${together(`${name}_own`, name)}`;
    to.dispatch({
      label: 'featureStd',
      reads: { x: [to.of(x), 'f32'] },
      writes: { y: [deviations, 'f32'] },
      workgroups: togetherIn('f32', columns),
      body: `
        ${total('load_x(i)', 'sum')}
        let middle = sum / ${float(rows)};
        ${total('(load_x(i) - middle) * (load_x(i) - middle)', 'square')}
        if (local == 0) { store_y(group, sqrt(square / ${float(rows)})); }`,
    });
    to.dispatch(sumsOf('featureStd', deviations, to.make(node as Tensor), 1, 1 / Math.sqrt(columns)));
  },
};

/** A thread a row: the most similar column within the window below the positive, else the most similar of all. */
export const semiHard: Rule<'semiHard'> = {
  value: (node, to) => {
    const [similarity, positive] = node.inputs;
    const [rows, columns] = similarity.shape;
    to.dispatch({
      label: 'semiHard',
      reads: { x: [to.of(similarity), 'f32'], positive: [to.of(positive), 'f32'] },
      writes: { y: [to.make(node as Tensor), 'i32'] },
      threads: rows,
      body: `
        var within = -1;
        var most = 0;
        for (var c = 0; c < ${columns}; c++) {
          let value = load_x(t * ${columns} + c);
          if (value > load_x(t * ${columns} + most)) { most = c; }
          if (value >= load_positive(t) || value <= load_positive(t) - ${float(node.attributes.window)}) { continue; }
          if (within < 0 || value > load_x(t * ${columns} + max(within, 0))) { within = c; }
        }
        store_y(t, select(most, within, within >= 0));`,
    });
  },
};
