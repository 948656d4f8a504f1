import { Draws } from '../core/random';
import { blend, matMul, mean, relu, scale } from '../graph/ops/arithmetic';
import { crossEntropy } from '../graph/ops/contrast';
import { conv2d, meanPool } from '../graph/ops/convolution';
import { constant, gradients, input, stopGradient, variable } from '../graph/ops/leaves';
import { batchNorm, moments } from '../graph/ops/normalisation';
import { concatColumns, rowDot, unitRows } from '../graph/ops/rows';
import { elements, type Tensor } from '../graph/tensor';
import type { Executor } from './executor';
import { compileFitting } from './fitting';

const [SIDE, DIM, QUEUE] = [32, 128, 512];

/** Pictures of a step, where there is room: plain JavaScript would take seconds for more. */
const batchOn = (backend: string): number => (backend === 'cpu' ? 2 : 32);

/** Convolutions of the smallest encoder's size: input and output channels, stride. */
const LAYERS = [
  [3, 16, 1],
  [16, 16, 1],
  [16, 16, 1],
  [16, 32, 2],
  [32, 32, 1],
  [32, 64, 2],
  [64, 64, 1],
] as const;

const parameterShapes = [...LAYERS.map(([inner, outer]) => [3, 3, inner, outer]), [LAYERS[LAYERS.length - 1][1], DIM]];

const encoder = (owner: string): Tensor[] => parameterShapes.map((shape, i) => variable(`trial.${owner}.${i}`, shape));

/** Unit rows [N, C] of pictures; norms without weights of their own. */
function encode(pictures: Tensor, weights: readonly Tensor[]): Tensor {
  let x = pictures;
  LAYERS.forEach(([, outer, stride], i) => {
    const ones = constant(new Float32Array(outer).fill(1), [outer]);
    const zeros = constant(new Float32Array(outer), [outer]);
    const made = conv2d(x, weights[i], { stride, padding: 1 });
    x = relu(batchNorm(made, moments(made, { groups: 2 }), ones, zeros));
  });
  return unitRows(matMul(meanPool(x), weights[LAYERS.length]));
}

/** A step of the shape and size of the smallest encoder's: both passes, the loss against a queue, all updates. */
function trialStep(batch: number) {
  const [query, key] = [encoder('query'), encoder('key')];
  const followed = key.map((weight, i) => blend(weight, query[i], 0.01));
  const pictures = input('pictures', [batch, SIDE, SIDE, 3]);
  const q = encode(pictures, query);
  const k = stopGradient(encode(pictures, followed));
  const negative = matMul(q, variable('trial.queue', [QUEUE, DIM]), { transposeRight: true });
  const logits = scale(concatColumns(rowDot(q, k), negative), 5);
  const loss = mean(crossEntropy(logits, constant(new Int32Array(batch), [batch])));
  const moved = gradients(loss, query).map((gradient, i) => blend(query[i], gradient, 0.001));
  const named = (owner: string, weights: Tensor[]) => weights.map((weight, i) => [`trial.${owner}.${i}`, weight]);
  const updates = Object.fromEntries([...named('query', moved), ...named('key', followed)]);
  return { name: 'trial', outputs: { loss }, updates };
}

/**
 * Pictures a second that training the smallest encoder takes at 32 px, by the quickest of the steps that fit in `seconds`
 * after one to get ready: what else the machine does just now passes. Where the first step alone takes several times as long,
 * it is what counts.
 */
export async function imagesPerSecond(executor: Executor, seconds = 0.5): Promise<number> {
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  const random = (shape: readonly number[]) => ({
    shape,
    data: Float32Array.from({ length: elements(shape) }, () => 0.1 * draws.normal()),
  });
  const weights = ['query', 'key'].flatMap((owner) =>
    parameterShapes.map((shape, i) => [`trial.${owner}.${i}`, random(shape)] as const),
  );
  const variables = Object.fromEntries([...weights, ['trial.queue', random([QUEUE, DIM])]]);
  executor.write(variables);
  const { executable, batch } = await compileFitting(executor, trialStep, batchOn(executor.backend));
  const feeds = { pictures: random([batch, SIDE, SIDE, 3]).data };
  const secondsOfStep = async (): Promise<number> => {
    const begin = performance.now();
    await executable.run(feeds);
    return Math.max(1e-3, (performance.now() - begin) / 1000);
  };
  try {
    let best = await secondsOfStep();
    if (best > 4 * seconds) return batch / best;
    for (let spent = 0; spent < seconds; ) {
      const step = await secondsOfStep();
      spent += step;
      best = Math.min(best, step);
    }
    return batch / best;
  } finally {
    executable.dispose();
    executor.drop(Object.keys(variables));
  }
}
