import type { NamedArray } from '../core/records';
import { addScaled } from '../graph/ops/arithmetic';
import { gradients, variable } from '../graph/ops/leaves';
import { elements, type Tensor } from '../graph/tensor';
import { isParameter, type WeightSpec, Weights } from './weights';

export interface SgdSettings {
  optimizerMomentum: number;
  weightDecay: number;
  /** Decay norms and biases as well. */
  decayAll: boolean;
}

/** The query encoder's go by their plain names, as they did when nothing else was trained. */
const velocityName = (name: string, owner = 'query'): string =>
  owner === 'query' ? `velocity.${name}` : `velocity.${owner}.${name}`;

const decays = ({ role }: WeightSpec): boolean => role === 'convolution' || role === 'colour' || role === 'linear';

/** Velocities start at zero: the first step is then the plain gradient, as PyTorch's is. */
export function initialVelocities(specs: readonly WeightSpec[], owner?: string): Record<string, NamedArray> {
  const zeros = ({ shape }: WeightSpec): NamedArray => ({ shape, data: new Float32Array(elements(shape)) });
  return Object.fromEntries(specs.filter(isParameter).map((spec) => [velocityName(spec.name, owner), zeros(spec)]));
}

/**
 * SGD with momentum and weight decay in PyTorch's form: g += decay w; v = momentum v + g; w += minusRate v.
 * Replaces the parameters in `weights`, one owner's or several's that descend together, and gives the velocities' next
 * values. `minusRate` is a scalar node, fed with minus the learning rate.
 */
export function sgd(
  weights: Weights | readonly Weights[],
  loss: Tensor,
  minusRate: Tensor,
  settings: SgdSettings,
): Record<string, Tensor> {
  const owners = weights instanceof Weights ? [weights] : weights;
  const parameters = owners.flatMap((of) => of.specs.filter(isParameter).map((spec) => ({ of, spec })));
  const derivatives = gradients(
    loss,
    parameters.map(({ of, spec }) => of.current(spec.name)),
  );
  const velocities = parameters.map(({ of, spec }, i) => {
    const now = of.current(spec.name);
    const decayed =
      settings.decayAll || decays(spec) ? addScaled(derivatives[i], now, settings.weightDecay) : derivatives[i];
    const name = velocityName(spec.name, of.owner);
    const velocity = addScaled(decayed, variable(name, spec.shape), settings.optimizerMomentum);
    of.replace(spec.name, addScaled(now, velocity, minusRate));
    return [name, velocity] as const;
  });
  return Object.fromEntries(velocities);
}
