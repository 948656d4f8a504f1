import { input } from '../src/graph/ops/leaves';
import { topological } from '../src/graph/program';
import { elements, type Tensor } from '../src/graph/tensor';
import type { Architecture } from '../src/learn/backbones/architecture';
import { resnet } from '../src/learn/backbones/resnet';
import { encode } from '../src/learn/encoder';
import { Weights } from '../src/learn/weights';

/** Two a multiply-add of every convolution and matrix product that `roots` need; all else is small beside them. */
export function forwardFlops(roots: readonly Tensor[]): number {
  let sum = 0;
  for (const { kind, inputs, shape } of topological(roots)) {
    if (kind !== 'conv2d' && kind !== 'matMul') continue;
    // Each output is a sum over the weight's other dimensions: [k, k, I] of a convolution, [I] of a product.
    const [outputs, weight] = [shape[shape.length - 1], inputs[1].shape];
    sum += 2 * elements(shape) * (elements(weight) / outputs);
  }
  return sum;
}

const pictures = (side: number): Tensor => input('pictures', [1, side, side, 3]);

/** Of one picture in one step of MoCo: the keys' forward pass, the queries', and theirs back, which costs two more. */
export const stepFlops = (encoder: Architecture, side: number): number =>
  4 * forwardFlops([encode(new Weights('flops'), pictures(side), encoder, 'frozen')]);

/** Of one picture through the backbone. */
export const embedFlops = (encoder: Architecture, side: number): number =>
  forwardFlops([resnet(new Weights('flops'), pictures(side), encoder, 'frozen')]);
