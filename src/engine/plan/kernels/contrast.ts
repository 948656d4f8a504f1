import { elements, type Tensor } from '../../../graph/tensor';
import { float } from '../expression';
import type { Rule } from '../lowering';
import { sumsOf } from './arithmetic';
import { together, togetherIn } from './together';

/** What takes the place of a masked logit; finite, so that nothing times it is not a number. */
const MASKED = '-1e30';

/** Whether an id of row t / width is that of column t % width, as the boolean `masked`. */
const masking = (width: number, each: number): string =>
  each === 1
    ? `let masked = rows[t / ${width}] == columns[t % ${width}];`
    : `
      var masked = false;
      for (var m = 0; m < ${each}; m++) { masked = masked || rows[t / ${width} * ${each} + m] == columns[t % ${width}]; }`;

export const maskSame: Rule<'maskSame'> = {
  value: (node, to) => {
    const [logits, rows, columns] = node.inputs;
    const [, width] = logits.shape;
    const [, each = 1] = rows.shape;
    to.dispatch({
      label: 'maskSame',
      reads: { x: [to.of(logits), 'f32'], rows: [to.of(rows), 'i32'], columns: [to.of(columns), 'i32'] },
      writes: { y: [to.make(node as Tensor), 'f32'] },
      threads: elements(logits.shape),
      body: `${masking(width, each)}
      y[t] = select(x[t], ${MASKED}, masked);`,
      inPlace: 'x',
    });
  },
  gradients: ({ node, pass, dy }, to) => {
    const [logits, rows, columns] = node.inputs;
    const [, width] = logits.shape;
    const [, each = 1] = rows.shape;
    const { reads, writes, store } = to.into(logits, pass, 'dx', 'f32');
    to.dispatch({
      label: 'maskSame gradient',
      reads: { dy: [dy, 'f32'], rows: [to.of(rows), 'i32'], columns: [to.of(columns), 'i32'], ...reads },
      writes,
      threads: dy.elements,
      body: `${masking(width, each)}
      ${store('t', 'select(dy[t], 0.0, masked)')}`,
    });
  },
};

/**
 * A workgroup a row: the largest logit, then the exponentials of the target and the sum of all others'. Apart, because
 * 1 - softmax(target) would lose its digits when it is taken from a softmax near 1.
 */
const rowSums = (width: number): string => `
  var own = -3.4e38;
  for (var c = local; c < ${width}; c += 64) { own = max(own, x[group * ${width} + c]); }
  ${together('own', 'largest', 'largest')}
  var part = 0.0;
  for (var c = local; c < ${width}; c += 64) {
    if (c != targets[group]) { part += exp(x[group * ${width} + c] - largest); }
  }
  ${together('part', 'others')}
  let total = others + exp(x[group * ${width} + targets[group]] - largest);`;

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
        if (local == 0) { y[group] = log(total) + (largest - x[group * ${width} + targets[group]]); }`,
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
          let share = select(exp(x[i] - largest), -others, c == targets[group]) / total;
          ${store('i', 'dy[group] * share')}
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
        let target_at = group * ${width} + targets[group];
        var own = -3.4e38;
        for (var c = group * ${width} + local; c < (group + 1) * ${width}; c += 64) {
          if (c != target_at) { own = max(own, x[c]); }
        }
        ${together('own', 'others', 'largest')}
        if (local == 0) { y[group] = select(0.0, 1.0, x[target_at] > others); }`,
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
        ${total('x[i]', 'sum')}
        let middle = sum / ${float(rows)};
        ${total('(x[i] - middle) * (x[i] - middle)', 'square')}
        if (local == 0) { y[group] = sqrt(square / ${float(rows)}); }`,
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
          let value = x[t * ${columns} + c];
          if (value > x[t * ${columns} + most]) { most = c; }
          if (value >= positive[t] || value <= positive[t] - ${float(node.attributes.window)}) { continue; }
          if (within < 0 || value > x[t * ${columns} + max(within, 0)]) { within = c; }
        }
        y[t] = select(most, within, within >= 0);`,
    });
  },
};
