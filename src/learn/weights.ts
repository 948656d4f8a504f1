import { variable } from '../graph/ops/leaves';
import type { Shape, Tensor } from '../graph/tensor';

/** What a weight is for ('colour': a decoder's last convolution): decides its initial values, its layout in torch, whether it is trained. */
export type Role = 'convolution' | 'colour' | 'linear' | 'bias' | 'gamma' | 'beta' | 'runningMean' | 'runningVariance';

/** One weight of an encoder. Convolutions are [k, k, I, O] and linears [in, out] here; torch's layout is in torch_layout. */
export interface WeightSpec {
  /** torchvision's name: 'layer2.0.downsample.0.weight'. */
  name: string;
  role: Role;
  shape: Shape;
}

/** Trained by the gradient; the others are the running statistics of batch norm. */
export const isParameter = ({ role }: WeightSpec): boolean => role !== 'runningMean' && role !== 'runningVariance';

/** The executor's name for a weight of an encoder. */
export const variableName = (owner: string, name: string): string => `${owner}.${name}`;

/** Weights by name -> by the executor's names for them. */
export const owned = <T>(owner: string, weights: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(weights).map(([name, values]) => [variableName(owner, name), values]));

/**
 * The weights of one encoder while a graph is built: for each name, the node that holds its value at this point.
 * Layers ask for a weight by name and shape; asking declares it. A layer that changes one (running statistics)
 * replaces the node, so a second pass through the encoder goes on from there; `updates` is what changed in all.
 */
export class Weights {
  private readonly declared = new Map<string, WeightSpec>();
  private readonly nodes = new Map<string, Tensor>();

  constructor(
    readonly owner: string,
    specs: readonly WeightSpec[] = [],
  ) {
    for (const { name, role, shape } of specs) this.read(name, role, shape);
  }

  get specs(): WeightSpec[] {
    return [...this.declared.values()];
  }

  read(name: string, role: Role, shape: Shape): Tensor {
    const known = this.declared.get(name);
    if (!known) {
      this.declared.set(name, { name, role, shape });
      this.nodes.set(name, variable(variableName(this.owner, name), shape));
    } else if (`${known.shape}` !== `${shape}`) {
      throw new Error(`Weights: '${name}' is [${known.shape}] in one place and [${shape}] in another`);
    }
    return this.current(name);
  }

  current(name: string): Tensor {
    const found = this.nodes.get(name);
    if (!found) throw new Error(`Weights: nothing is called '${name}'`);
    return found;
  }

  replace(name: string, next: Tensor): void {
    const { shape } = this.current(name);
    if (`${shape}` !== `${next.shape}`) throw new Error(`Weights: '${name}' is [${shape}], not [${next.shape}]`);
    this.nodes.set(name, next);
  }

  /** Variable name -> next value, for the weights that were replaced. */
  updates(): Record<string, Tensor> {
    const changed = [...this.nodes].filter(([, node]) => node.kind !== 'variable');
    return Object.fromEntries(changed.map(([name, node]) => [variableName(this.owner, name), node]));
  }
}
