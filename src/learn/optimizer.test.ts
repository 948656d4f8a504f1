import { afterAll, beforeAll, test } from 'vitest';
import type { Executor } from '../engine/executor';
import { createProcessorExecutor } from '../engine/processor/executor';
import { mean } from '../graph/ops/arithmetic';
import { input, scalar } from '../graph/ops/leaves';
import { affine } from './heads/linear';
import { initialVelocities, type SgdSettings, sgd } from './optimizer';
import { expectClose } from './tiny.testing';
import { Weights } from './weights';

let executor: Executor;
beforeAll(async () => {
  executor = await createProcessorExecutor(1);
});
afterAll(() => executor.dispose());

/** Steps of loss = mean(x w + b) for one picture and one column: the gradients are x and 1 whatever w and b are. */
async function descend(settings: SgdSettings, rates: number[]): Promise<{ w: number[]; b: number[] }> {
  const weights = new Weights('query');
  const loss = mean(affine(weights, 'fc', input('x', [1, 1]), 1));
  const velocities = sgd(weights, loss, scalar('minus rate'), settings);
  executor.write({
    'query.fc.weight': { shape: [1, 1], data: Float32Array.of(2) },
    'query.fc.bias': { shape: [1], data: Float32Array.of(4) },
    ...initialVelocities(weights.specs),
  });
  const step = await executor.compile({
    name: 'sgd',
    outputs: { loss },
    updates: { ...weights.updates(), ...velocities },
  });
  const path = { w: [] as number[], b: [] as number[] };
  for (const rate of rates) {
    await step.run({ x: Float32Array.of(3), 'minus rate': -rate });
    const now = await executor.read(['query.fc.weight', 'query.fc.bias']);
    path.w.push(now['query.fc.weight'].data[0]);
    path.b.push(now['query.fc.bias'].data[0]);
  }
  step.dispose();
  return path;
}

/** PyTorch's rule for one number: g += decay w; v = momentum v + g; w -= rate v. */
function byHand(start: number, gradient: number, momentum: number, decay: number, rates: number[]): number[] {
  let [w, v] = [start, 0];
  return rates.map((rate) => {
    v = momentum * v + gradient + decay * w;
    w -= rate * v;
    return w;
  });
}

const RATES = [0.1, 0.1, 0.05];

test('momentum and decay follow PyTorch, also when the rate changes: it scales the velocity, not the gradient', async () => {
  const { w, b } = await descend({ optimizerMomentum: 0.9, weightDecay: 0.01, decayAll: true }, RATES);
  expectClose(w, byHand(2, 3, 0.9, 0.01, RATES));
  expectClose(b, byHand(4, 1, 0.9, 0.01, RATES));
});

test('without decayAll the bias does not decay and the weight does', async () => {
  const { w, b } = await descend({ optimizerMomentum: 0.9, weightDecay: 0.01, decayAll: false }, RATES);
  expectClose(w, byHand(2, 3, 0.9, 0.01, RATES));
  expectClose(b, byHand(4, 1, 0.9, 0, RATES));
});
