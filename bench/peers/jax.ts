import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { ResNetShape } from '../../src/learn/backbones/resnet';
import { encoderWeights } from '../../src/learn/encoder';
import { isParameter } from '../../src/learn/weights';
import { encoderData } from '../encoder_data';
import { KEY_MOMENTUM, LEARNING_RATE, mocoSettings, NETWORKS, type NetworkName } from '../networks';
import type { Opener, Work } from '../work';
import { embed, type JaxWeights, project, unitRows } from './jax_encoder';
import { array, pictures, weightsOf } from './jax_layout';

// jax-js with the whole step under one jit. Arrays are moved into what uses them; `.ref` keeps one for another use. Lighter
// than ours by two things: pictures are not shuffled (one norm group), and no picture's own keys are masked.

/** All that a step changes. */
interface State {
  [part: string]: np.Array | JaxWeights;
  query: JaxWeights;
  key: JaxWeights;
  velocity: JaxWeights;
  /** [K, C]. */
  queue: np.Array;
}

export async function openJax(): Promise<Opener> {
  await init('webgpu');
  defaultDevice('webgpu');
  return (task) => {
    if (task.row !== 'step' && task.row !== 'embed') return null;
    const { network, batch } = task;
    const { side, encoder, resnet: shape } = NETWORKS[network];
    if (!shape) return null;
    const data = encoderData(task);
    return {
      async open(): Promise<Work> {
        const weights = weightsOf(data.weights);
        const query = pictures(data.query, batch, side);
        if (task.row === 'embed') {
          const compiled = jit((w: JaxWeights, x: np.Array) => embed(w, x, shape));
          return { run: async () => first(compiled(tree.ref(weights), query.ref)), bytesHeld };
        }
        const key = pictures(data.key, batch, side);
        const [rows] = Object.values(data.queue);
        const names = encoderWeights(encoder)
          .filter(isParameter)
          .map(({ name }) => name);
        let state: State = {
          query: tree.ref(weights),
          key: weights,
          velocity: Object.fromEntries(names.map((name) => [name, np.zerosLike(weights[name].ref)])),
          queue: array(rows),
        };
        const compiled = jit(mocoStep(network, batch, shape));
        return {
          run() {
            const [loss, next] = compiled(state, query.ref, key.ref);
            state = next;
            return first(loss);
          },
          bytesHeld,
        };
      },
    };
  };
}

/** It keeps no books of its own. */
const bytesHeld = () => 0;

const first = async (values: np.Array): Promise<number> => (await values.data())[0];

const only = (weights: JaxWeights, wanted: (name: string) => boolean): JaxWeights =>
  Object.fromEntries(Object.entries(weights).filter(([name]) => wanted(name)));

function mocoStep(network: NetworkName, batch: number, shape: ResNetShape) {
  const { queue: rows, temperature, optimizerMomentum, weightDecay } = mocoSettings(network, batch);

  const infoNce = (q: np.Array, k: np.Array, queue: np.Array): np.Array => {
    const positive = q.ref.mul(k).sum(1, { keepdims: true }); // [N, 1]
    const negative = np.dot(q, np.transpose(queue)); // [N, K]
    const logits = np.concatenate([positive, negative], 1).div(temperature); // [N, 1 + K]
    const atTarget = logits.ref.slice([], 0); // [N]
    return nn.logsumexp(logits, 1).sub(atTarget).mean();
  };
  return ({ query, key, velocity, queue }: State, queryViews: np.Array, keyViews: np.Array): [np.Array, State] => {
    const follow = (old: np.Array, now: np.Array) => old.mul(KEY_MOMENTUM).add(now.mul(1 - KEY_MOMENTUM));
    const followed: JaxWeights = { ...key };
    for (const name in velocity) followed[name] = follow(key[name], query[name].ref);
    const keys = project(tree.ref(followed), keyViews, shape);
    const k = unitRows(keys.projection); // [N, C]

    const isRunning = (name: string) => !(name in velocity);
    const lossOf = (parameters: JaxWeights): [np.Array, JaxWeights] => {
      const weights = { ...only(query, isRunning), ...parameters };
      const { projection, statistics } = project(weights, queryViews, shape);
      return [infoNce(unitRows(projection), k.ref, queue.ref), statistics];
    };
    const parameters = tree.ref(only(query, (name) => !isRunning(name)));
    const [[loss, statistics], gradients] = valueAndGrad(lossOf, { hasAux: true })(parameters);
    const [nextQuery, nextVelocity]: JaxWeights[] = [{ ...statistics }, {}];
    for (const name in velocity) {
      const decayed = gradients[name].add(query[name].ref.mul(weightDecay));
      nextVelocity[name] = velocity[name].mul(optimizerMomentum).add(decayed);
      nextQuery[name] = query[name].sub(nextVelocity[name].ref.mul(LEARNING_RATE));
    }
    const nextQueue = np.concatenate([queue.slice([batch, rows]), k], 0);
    const next = {
      query: nextQuery,
      key: { ...followed, ...keys.statistics },
      velocity: nextVelocity,
      queue: nextQueue,
    };
    return [loss, next];
  };
}
