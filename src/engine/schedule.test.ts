import { expect, test } from 'vitest';
import { addScaled, blend, matMul, mean, relu } from '../graph/ops/arithmetic';
import { gradients, input, scalar, stopGradient, variable } from '../graph/ops/leaves';
import { batchNorm, moments, poolMoments } from '../graph/ops/normalisation';
import { rowDot, unitRows } from '../graph/ops/rows';
import type { Program } from '../graph/program';
import type { Tensor } from '../graph/tensor';
import { definitionOf } from './definition';
import { isLeaf, type Step, schedule } from './schedule';

/** A step in small: two encoders of one layer with batch norm, a contrast, an update of everything. */
function contrastStep() {
  const [query, key] = [variable('query', [3, 4]), variable('key', [3, 4])];
  const [gamma, beta] = [variable('gamma', [4]), variable('beta', [4])];
  const encode = (x: Tensor, weights: Tensor) => {
    const made = matMul(x, weights);
    const ofMade = moments(made);
    return { rows: unitRows(relu(batchNorm(made, ofMade, gamma, beta))), ofMade };
  };
  const followed = blend(key, query, scalar('follow'));
  const keys = encode(input('second', [6, 3]), followed);
  const queries = encode(input('first', [6, 3]), query);
  const loss = mean(rowDot(queries.rows, stopGradient(keys.rows)));
  const [gradient, gradientOfGamma] = gradients(loss, [query, gamma]);
  const program: Program = {
    name: 'small',
    outputs: { loss },
    updates: {
      query: addScaled(query, gradient, -0.1),
      gamma: addScaled(gamma, gradientOfGamma, -0.1),
      key: followed,
      running: blend(variable('running', [4]), poolMoments(queries.ofMade, 0), 0.1),
    },
  };
  return { program, loss, keys, queries };
}

const nodesOf = (steps: readonly Step[], type: Step['type']): Tensor[] =>
  steps.flatMap((step) => (step.type === type && 'node' in step ? [step.node] : []));

test('every node is computed once, its inputs before it', () => {
  const steps = schedule(contrastStep().program);
  const order = nodesOf(steps, 'forward');
  expect(new Set(order).size).toBe(order.length);
  order.forEach((node, i) => {
    for (const from of node.inputs)
      if (!isLeaf(from) && from.kind !== 'gradient') expect(order.slice(0, i)).toContain(from);
  });
});

test('what lies behind a stopGradient has no backward pass', () => {
  const { program, keys, queries } = contrastStep();
  const backward = nodesOf(schedule(program), 'backward');
  expect(backward).toContain(queries.rows);
  expect(backward).not.toContain(keys.rows);
  expect(backward.filter(({ kind }) => kind === 'matMul')).toHaveLength(1);
});

test('no gradient is asked for at what has no parameter behind it', () => {
  const step = schedule(contrastStep().program).find(
    ({ type, ...rest }) => type === 'backward' && 'node' in rest && rest.node.kind === 'matMul',
  );
  // The pictures need none, the weights do.
  expect(step).toMatchObject({ needs: [false, true] });
});

test('gradients of one loss share one backward pass', () => {
  const steps = schedule(contrastStep().program);
  expect(steps.filter(({ type }) => type === 'seed')).toHaveLength(1);
  expect(steps.filter(({ type }) => type === 'collect')).toHaveLength(2);
});

test('every value is freed once, after its last use, unless it is asked for', () => {
  const { program, loss } = contrastStep();
  const steps = schedule(program);
  const freed: Tensor[] = [];
  for (const step of steps) {
    const reads = step.type === 'forward' ? step.node.inputs : step.type === 'backward' ? rememberedBy(step.node) : [];
    for (const node of reads) expect(freed).not.toContain(node);
    freed.push(...step.frees.filter(({ pass }) => !pass).map(({ node }) => node));
  }
  expect(new Set(freed).size).toBe(freed.length);
  const kept = nodesOf(steps, 'forward').filter((node) => !freed.includes(node));
  const asked = new Set([loss, ...Object.values(program.updates)]);
  expect(kept.every((node) => asked.has(node))).toBe(true);
});

function rememberedBy(node: Tensor): Tensor[] {
  const read = definitionOf(node).derivative;
  return [...(read?.value ? [node] : []), ...(read?.inputs ? node.inputs : [])];
}
