import { relu } from '../../graph/ops/arithmetic';
import { maxPool, meanPool } from '../../graph/ops/convolution';
import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import type { Architecture } from './architecture';
import { basicBlock, bottleneckBlock } from './blocks';
import { convolve, type NormMode, normalise } from './layers';

/** CIFAR: 3 x 3 and no pooling, small views keep their detail. ImageNet: 7 x 7 / 2, then 3 x 3 / 2 pooling. */
function stem(weights: Weights, x: Tensor, { stem, width }: Architecture, mode: NormMode): Tensor {
  const first =
    stem === 'cifar'
      ? convolve(weights, 'conv1', x, { window: 3, outputs: width })
      : convolve(weights, 'conv1', x, { window: 7, stride: 2, outputs: width });
  const seen = relu(normalise(weights, 'bn1', first, mode));
  return stem === 'cifar' ? seen : maxPool(seen, { size: 3, stride: 2, padding: 1 });
}

/** Pictures [N, S, S, 3] -> what each stage puts out, [N, H, W, C] (He et al. 2016), with torchvision's names. */
export function resnetStages(weights: Weights, pictures: Tensor, encoder: Architecture, mode: NormMode): Tensor[] {
  const block = encoder.block === 'basic' ? basicBlock : bottleneckBlock;
  const modeOf = (part: number): NormMode => (part < (encoder.frozen ?? 0) ? 'frozen' : mode);
  let x = stem(weights, pictures, encoder, modeOf(0));
  return encoder.blocks.map((count, stage) => {
    for (let j = 0; j < count; j++) {
      const stride = stage > 0 && j === 0 ? 2 : 1;
      const place = { name: `layer${stage + 1}.${j}`, channels: encoder.width * 2 ** stage, stride };
      x = block(weights, x, place, modeOf(stage + 1));
    }
    return x;
  });
}

/** Pictures [N, S, S, 3] -> embeddings [N, D]: the last stage, pooled. */
export function resnet(weights: Weights, pictures: Tensor, encoder: Architecture, mode: NormMode): Tensor {
  const stages = resnetStages(weights, pictures, encoder, mode);
  return meanPool(stages[stages.length - 1]);
}
