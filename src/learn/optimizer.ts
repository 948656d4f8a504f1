import type { NamedArray } from '../core/records';
import { addScaled } from '../graph/ops/arithmetic';
import { gradients, variable } from '../graph/ops/leaves';
import { elements, type Tensor } from '../graph/tensor';
import { isParameter, type WeightSpec, type Weights } from './weights';

export interface SgdSettings {
  optimizerMomentum: number;
  weightDecay: number;
  /** Decay norms and biases as well. */
  decayAll: boolean;
}

export const velocityName = (name: string): string => `velocity.${name}`;

const decays = ({ role }: WeightSpec): boolean => role === 'convolution' || role === 'linear';

/** Velocities start at zero: the first step is then the plain gradient, as PyTorch's is. */
export function initialVelocities(specs: readonly WeightSpec[]): Record<string, NamedArray> {
  const zeros = ({ shape }: WeightSpec): NamedArray => ({ shape, data: new Float32Array(elements(shape)) });
  return Object.fromEntries(specs.filter(isParameter).map((spec) => [velocityName(spec.name), zeros(spec)]));
}

/**
 * SGD with momentum and weight decay in PyTorch's form: g += decay w; v = momentum v + g; w += minusRate v.
 * Replaces the parameters in `weights` and gives the velocities' next values. `minusRate` is a scalar node, fed
 * with minus the learning rate.
 */
export function sgd(weights: Weights, loss: Tensor, minusRate: Tensor, settings: SgdSettings): Record<string, Tensor> {
  const parameters = weights.specs.filter(isParameter);
  const slopes = gradients(
    loss,
    parameters.map(({ name }) => weights.current(name)),
  );
  const velocities = parameters.map((spec, i) => {
    const now = weights.current(spec.name);
    const decayed = settings.decayAll || decays(spec) ? addScaled(slopes[i], now, settings.weightDecay) : slopes[i];
    const before = variable(velocityName(spec.name), spec.shape);
    const velocity = addScaled(decayed, before, settings.optimizerMomentum);
    weights.replace(spec.name, addScaled(now, velocity, minusRate));
    return [velocityName(spec.name), velocity] as const;
  });
  return Object.fromEntries(velocities);
}
