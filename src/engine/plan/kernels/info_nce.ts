import { elements, type Tensor } from '../../../graph/tensor';
import { float, type Lowering } from '../lowering';
import { each, type FusedRule } from '../rule';
import type { Slot } from '../slot';
import { divisor } from './geometry';
import { partsOfGradient } from './split_k';
import { together, togetherIn } from './together';

// InfoNCE against a queue: the logits [N, K] are made once, with mask and temperature, while their exponentials are summed
// (online, as Milakov & Gimelshein 2018 do); the masked copy, the concatenation and the softmax are never there.

/** Sizes, and what the forward pass leaves for the backward pass. */
interface Layout {
  rows: number;
  keys: number;
  /** Vectors of 4 columns. */
  columns: number;
  /** Rows that a thread takes together: each key that it loads serves them all. */
  tile: number;
  /** Workgroups among which a row's keys are divided, 64 at a time. */
  chunks: number;
}

function layoutOf(node: { inputs: readonly Tensor[] }, to: Lowering): Layout {
  const [q, , queue] = node.inputs;
  const [rows, width] = q.shape;
  const keys = queue.shape[0];
  const tile = divisor(rows, 4, 2);
  const chunks = Math.min(Math.ceil(keys / 64), 64, Math.ceil(to.tuning.threads / 64 / (rows / tile)));
  return { rows, keys, columns: width / 4, tile, chunks };
}

export const infoNce: FusedRule<'infoNce'> = {
  value: (node, to) => {
    const layout = layoutOf(node, to);
    const pair = to.slot('loss and accuracy', 2);
    const logits = to.slot('logits', layout.rows * layout.keys);
    const rows = to.slot('rows of the loss', layout.rows * 2);
    const chunks = logitsAndSums(to, node, layout, logits);
    lossAndAccuracy(to, node, layout, { chunks, rows, pair });
    const self = node as unknown as Tensor;
    to.left.set(self, { pair, logits, rows });
    to.set(self, { slot: pair, offset: 0, count: 1, stride: 0, factor: 1 });
  },
  /** dq = (sum over keys of p key - (1 - p+) k) scale / N, p the softmax. No gradient for keys and queue: they are constants. */
  gradients: ({ node, pass, dy, needs }, to) => {
    if (needs[1] || needs[2]) throw new Error('plan: InfoNCE has no gradient at its keys');
    const { logits, rows } = to.left.get(node as unknown as Tensor) as { logits: Slot; rows: Slot };
    queryGradient(to, node, layoutOf(node, to), { pass, dy, logits, rows });
  },
};

export const infoNceAccuracy: FusedRule<'infoNceAccuracy'> = {
  value: (node, to) => {
    const { pair } = to.left.get(node.inputs[0]) as { pair: Slot };
    to.set(node as unknown as Tensor, { slot: pair, offset: 1, count: 1, stride: 0, factor: 1 });
  },
};

type Node = { inputs: readonly Tensor[]; attributes: { scale: number } };

/** Logits [N, K], and for each row and chunk the largest logit and the sum of exponentials relative to it. */
function logitsAndSums(to: Lowering, node: Node, { rows, keys, columns, tile, chunks }: Layout, logits: Slot): Slot {
  const [q, , queue, ids, queueIds] = node.inputs;
  const slot = to.slot('chunks of exponentials', rows * chunks * 2);
  to.dispatch({
    label: 'InfoNCE logits',
    reads: {
      q: [to.of(q), 'vec4f'],
      queue: [to.of(queue), 'vec4f'],
      ids: [to.of(ids), 'i32'],
      queue_ids: [to.of(queueIds), 'i32'],
    },
    writes: { logits: [logits, 'f32'], sums: [slot, 'vec2f'] },
    workgroups: togetherIn('f32', (rows / tile) * chunks),
    flops: to.flops,
    body: `
      let chunk = group % ${chunks};
      let row = group / ${chunks} * ${tile};
      ${each(
        tile,
        (i) => `var largest${i} = -3e38;
      var sum${i} = 0.0;
      let id${i} = ids[row + ${i}];`,
      )}
      for (var key = chunk * 64 + local; key < ${keys}; key += ${64 * chunks}) {
        ${each(tile, (i) => `var dot${i} = vec4f(0.0);`)}
        for (var c = 0; c < ${columns}; c++) {
          let other = queue[key * ${columns} + c];
          ${each(tile, (i) => `dot${i} += q[(row + ${i}) * ${columns} + c] * other;`)}
        }
        let owner = queue_ids[key];
        ${each(
          tile,
          (i) => `{
          let product = dot(dot${i}, vec4f(1.0)) * ${float(node.attributes.scale)};
          let logit = select(product, -1e30, id${i} == owner);
          logits[(row + ${i}) * ${keys} + key] = logit;
          let next = max(largest${i}, logit);
          sum${i} = sum${i} * exp(largest${i} - next) + exp(logit - next);
          largest${i} = next;
        }`,
        )}
      }
      ${each(
        tile,
        (i) => `
      ${together(`largest${i}`, `most${i}`, 'largest')}
      ${together(`sum${i} * exp(largest${i} - most${i})`, `total${i}`)}
      if (local == 0) { sums[(row + ${i}) * ${chunks} + chunk] = vec2f(most${i}, total${i}); }`,
      )}`,
  });
  return slot;
}

/** Of each row the log-sum-exp and 1 - p+, p+ the positive's softmax; their means are the loss and the accuracy. One workgroup. */
function lossAndAccuracy(
  to: Lowering,
  node: Node,
  { rows, columns, chunks }: Layout,
  slots: { chunks: Slot; rows: Slot; pair: Slot },
): void {
  const [q, k] = node.inputs;
  to.dispatch({
    label: 'InfoNCE loss',
    reads: { q: [to.of(q), 'vec4f'], k: [to.of(k), 'vec4f'], sums: [slots.chunks, 'vec2f'] },
    writes: { rows: [slots.rows, 'vec2f'], pair: [slots.pair, 'f32'] },
    workgroups: togetherIn('vec2f', 1),
    body: `
      var own = vec2f(0.0);
      for (var row = local; row < ${rows}; row += 64) {
        var positive = 0.0;
        for (var c = 0; c < ${columns}; c++) { positive += dot(q[row * ${columns} + c], k[row * ${columns} + c]); }
        positive *= ${float(node.attributes.scale)};
        var negative = -3e38;
        for (var i = 0; i < ${chunks}; i++) { negative = max(negative, sums[row * ${chunks} + i].x); }
        let largest = max(positive, negative);
        let above = exp(positive - largest);
        var others = 0.0;
        for (var i = 0; i < ${chunks}; i++) {
          let part = sums[row * ${chunks} + i];
          others += part.y * exp(part.x - largest);
        }
        let sum = above + others;
        // 1 - p+ from the others: taken from p+ itself it would lose its digits when p+ is near 1.
        rows[row] = vec2f(largest + log(sum), others / sum);
        own += vec2f(log(sum) + (largest - positive), select(0.0, 1.0, positive > negative));
      }
      ${together('own', 'total')}
      if (local == 0) {
        pair[0] = total.x / ${float(rows)};
        pair[1] = total.y / ${float(rows)};
      }`,
  });
}

function queryGradient(
  to: Lowering,
  node: Node,
  { rows, keys, columns, tile }: Layout,
  of: { pass: readonly Tensor[]; dy: Slot; logits: Slot; rows: Slot },
): void {
  const [q, k, queue] = node.inputs;
  const vectors = divisor(columns, 4, 2);
  const across = columns / vectors;
  const size = elements(q.shape);
  const splits = partsOfGradient(size, Math.ceil(to.tuning.threads / ((rows / tile) * across)), Math.ceil(keys / 16));
  const slot = to.slot('parts of dq', splits * size);
  to.dispatch({
    label: 'InfoNCE dq of keys',
    reads: { logits: [of.logits, 'f32'], queue: [to.of(queue), 'vec4f'], rows: [of.rows, 'vec2f'] },
    writes: { parts: [slot, 'vec4f'] },
    threads: splits * (rows / tile) * across,
    flops: to.flops,
    body: `
      let column = t % ${across} * ${vectors};
      let row = t / ${across} % ${rows / tile} * ${tile};
      let split = t / ${across * (rows / tile)};
      ${each(
        tile,
        (i) => `let log${i} = rows[row + ${i}].x;
      ${each(vectors, (v) => `var sum${i}_${v} = vec4f(0.0);`)}`,
      )}
      for (var key = split; key < ${keys}; key += ${splits}) {
        ${each(vectors, (v) => `let other${v} = queue[key * ${columns} + column + ${v}];`)}
        ${each(
          tile,
          (i) => `{
          let p = exp(logits[(row + ${i}) * ${keys} + key] - log${i});
          ${each(vectors, (v) => `sum${i}_${v} += p * other${v};`)}
        }`,
        )}
      }
      ${each(tile, (i) => each(vectors, (v) => `parts[(split * ${rows} + row + ${i}) * ${columns} + column + ${v}] = sum${i}_${v};`))}`,
  });
  const { reads, writes, store } = to.into(q, of.pass, 'dx', 'vec4f');
  to.dispatch({
    label: 'InfoNCE dq',
    reads: { parts: [slot, 'vec4f'], k: [to.of(k), 'vec4f'], rows: [of.rows, 'vec2f'], dy: [of.dy, 'f32'], ...reads },
    writes,
    threads: rows * columns,
    body: `
      var total = -rows[t / ${columns}].y * k[t];
      for (var split = 0; split < ${splits}; split++) { total += parts[split * ${rows * columns} + t]; }
      ${store('t', `total * (dy[0] * ${float(node.attributes.scale / rows)})`)}`,
  });
}
