import { Draws } from '../core/random';
import { add, matMul, mean, relu, scale } from '../graph/ops/arithmetic';
import { crossEntropy, maskSame } from '../graph/ops/contrast';
import { conv2d, maxPool, meanPool } from '../graph/ops/convolution';
import { constant, gradients, input, scalar, stopGradient, variable } from '../graph/ops/leaves';
import { batchNorm, moments } from '../graph/ops/normalisation';
import { concatColumns, rowDot, unitRows, writeRing } from '../graph/ops/rows';
import { elements, type Shape, type Tensor } from '../graph/tensor';
import type { Executor, Values } from './executor';
import { RIGHT } from './self_test_values';

const [PICTURES, SIDE, CHANNELS, WIDTH, DIM, RING] = [4, 7, 3, 4, 6, 7];

/** Weights of the test's network. Its names begin apart from those of runs. */
export const parameters = {
  stem: variable('self test.stem', [3, 3, CHANNELS, WIDTH]),
  across: variable('self test.across', [3, 3, WIDTH, 2 * WIDTH]),
  shortcut: variable('self test.shortcut', [1, 1, WIDTH, 2 * WIDTH]),
  gamma: variable('self test.gamma', [WIDTH]),
  beta: variable('self test.beta', [WIDTH]),
  head: variable('self test.head', [2 * WIDTH, DIM]),
};
export const ring = variable('self test.ring', [RING, DIM]);
const leaves = [...Object.values(parameters), ring] as Tensor<'variable'>[];

/** Every op that a step leans on, on odd sizes: both strides, a pooled map with negative values, a ring that wraps. */
export function network() {
  const { stem, across, shortcut, gamma, beta, head } = parameters;
  const first = conv2d(input('pictures', [PICTURES, SIDE, SIDE, CHANNELS]), stem, { padding: 1 });
  const normed = batchNorm(first, moments(first, { groups: 2 }), gamma, beta);
  const seen = relu(maxPool(normed, { size: 3, stride: 2, padding: 1 }));
  const both = add(conv2d(seen, across, { stride: 2, padding: 1 }), conv2d(seen, shortcut, { stride: 2 }));
  const rows = unitRows(matMul(meanPool(relu(both)), head)); // [N, C]
  const ids = constant(
    Int32Array.from({ length: PICTURES }, (_, i) => i),
    [PICTURES],
  );
  const ringIds = constant(
    Int32Array.from({ length: RING }, (_, i) => i + 2),
    [RING],
  );
  const negative = maskSame(matMul(rows, ring, { transposeRight: true }), ids, ringIds);
  const logits = scale(concatColumns(rowDot(rows, unitRows(input('keys', [PICTURES, DIM]))), negative), 5);
  const loss = mean(crossEntropy(logits, constant(new Int32Array(PICTURES), [PICTURES])));
  return { rows, loss, written: writeRing(ring, stopGradient(rows), scalar('pointer')) };
}

/** Share of the largest value by which a result may be off; single precision over this depth loses about a tenth of it. */
const TOLERANCE = 1e-3;

/** What the variables are at first, what the network is fed, and along what each parameter's gradient is taken. */
export function material() {
  const variables = Object.fromEntries(leaves.map((leaf, i) => [nameOf(leaf), drawn(leaf.shape, i)]));
  const feeds = {
    pictures: drawn([PICTURES, SIDE, SIDE, CHANNELS], 98).data,
    keys: drawn([PICTURES, DIM], 99).data,
    pointer: RING - 2,
  };
  const directions = Object.values(parameters).map(({ shape }, i) => drawn(shape, 50 + i).data);
  return { variables, feeds, directions };
}

/**
 * Runs a small step and compares it with what the definitions of its ops come to.
 * @returns what is wrong, in words, or null when all is right.
 */
export async function selfTest(executor: Executor): Promise<string | null> {
  const { rows, loss, written } = network();
  const { variables, feeds, directions } = material();
  const derivatives = gradients(loss, Object.values(parameters));
  const outputs = Object.fromEntries(Object.keys(parameters).map((name, i) => [`gradient of ${name}`, derivatives[i]]));
  executor.write(variables);
  const program = { name: 'self test', outputs: { loss, rows, ...outputs }, updates: { [nameOf(ring)]: written } };
  const executable = await executor.compile(program);
  try {
    const made = await executable.run(feeds);
    const after = await executor.read([nameOf(ring)]);
    const kept = variables[nameOf(ring)].data;
    for (let i = 0; i < PICTURES; i++)
      kept.set(RIGHT.rows.slice(i * DIM, (i + 1) * DIM), ((feeds.pointer + i) % RING) * DIM);
    const wrong = [
      ...(differ(made.loss, [RIGHT.loss]) ? ['the loss'] : []),
      ...(differ(made.rows, RIGHT.rows) ? ['the forward pass'] : []),
      ...(differ(after[nameOf(ring)].data, kept) ? ['writing the queue'] : []),
      ...Object.keys(parameters).flatMap((name, i) => {
        const along = made[`gradient of ${name}`].reduce((sum, gradient, j) => sum + gradient * directions[i][j], 0);
        return differ([along], [RIGHT.derivatives[i]]) ? [`the gradient of its ${name}`] : [];
      }),
    ];
    return wrong.length > 0 ? `its arithmetic is wrong (${wrong.join(', ')})` : null;
  } finally {
    executable.dispose();
    executor.drop(leaves.map(nameOf));
  }
}

export const nameOf = (leaf: Tensor): string => (leaf as Tensor<'variable'>).attributes.name;

/** Fixed random values. */
function drawn(shape: Shape, stream: number): Values & { data: Float32Array } {
  const draws = new Draws({ seed: 7, purpose: 'sample', image: stream });
  return { shape, data: Float32Array.from({ length: elements(shape) }, () => draws.normal()) };
}

/** True when any value is off by more than the tolerance, or not a number. */
function differ(made: ArrayLike<number>, right: ArrayLike<number>): boolean {
  const largest = Math.max(...Array.from(right, Math.abs));
  return !Array.from(right).every((value, i) => Math.abs(made[i] - value) <= TOLERANCE * Math.max(largest, 1e-3));
}
