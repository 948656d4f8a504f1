import { Draws, nameHash } from '../core/random';
import type { NamedArray } from '../core/records';
import { elements } from '../graph/tensor';
import type { WeightSpec } from './weights';

/** Weights drawn from one key; the next ones come from the next `step` of the same purpose. */
const CHUNK = 2 ** 20;

/** `size` numbers of a weight, each drawn by `draw`. A weight's draws depend on the seed and its name alone. */
function drawn(seed: number, name: string, size: number, draw: (draws: Draws) => number): Float32Array {
  const values = new Float32Array(size);
  for (let begin = 0; begin < size; begin += CHUNK) {
    const draws = new Draws({ seed, purpose: 'weights', image: nameHash(name), step: begin / CHUNK });
    for (let i = begin; i < Math.min(size, begin + CHUNK); i++) values[i] = draw(draws);
  }
  return values;
}

/** Inputs of the linear that a bias belongs to. */
function fanIn(specs: readonly WeightSpec[], name: string): number {
  const weight = specs.find((spec) => spec.name === name.replace(/bias$/, 'weight'));
  if (!weight) throw new Error(`fanIn: '${name}' has no weight beside it`);
  return weight.shape[0];
}

/**
 * As torchvision initialises: convolutions normal with variance 2 / fan out (He et al. 2015), norms 1 and 0,
 * running statistics 0 and 1, linears and their biases uniform within 1 / sqrt(fan in) (torch's default). A decoder's last
 * convolution has three outputs only: by its fan out it would begin with pictures of five times their contrast, and the
 * first steps would kill its ReLUs. It has variance 1 / fan in (LeCun et al. 1998).
 */
export function initialWeights(specs: readonly WeightSpec[], seed: number): Record<string, NamedArray> {
  const values = ({ name, role, shape }: WeightSpec): Float32Array => {
    const size = elements(shape);
    switch (role) {
      case 'convolution': {
        const deviation = Math.sqrt(2 / (shape[0] * shape[1] * shape[3]));
        return drawn(seed, name, size, (draws) => deviation * draws.normal());
      }
      case 'colour': {
        const deviation = 1 / Math.sqrt(shape[0] * shape[1] * shape[2]);
        return drawn(seed, name, size, (draws) => deviation * draws.normal());
      }
      case 'linear':
      case 'bias': {
        const bound = 1 / Math.sqrt(role === 'linear' ? shape[0] : fanIn(specs, name));
        return drawn(seed, name, size, (draws) => draws.uniform(-bound, bound));
      }
      case 'gamma':
      case 'runningVariance':
        return new Float32Array(size).fill(1);
      case 'beta':
      case 'runningMean':
        return new Float32Array(size);
    }
  };
  return Object.fromEntries(specs.map((spec) => [spec.name, { shape: spec.shape, data: values(spec) }]));
}
