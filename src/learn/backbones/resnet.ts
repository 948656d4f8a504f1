import type { Stem } from '../../core/config';
import { relu } from '../../graph/ops/arithmetic';
import { maxPool } from '../../graph/ops/convolution';
import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import type { Backbone } from './backbone';
import { basicBlock, bottleneckBlock } from './blocks';
import { convolve, type NormMode, normalise } from './layers';

export interface ResNetShape {
  block: 'basic' | 'bottleneck';
  /** Blocks of each stage above the stem. */
  blocks: readonly number[];
  /** Channels of the first of these; each later one doubles them, and a bottleneck puts out four times as many. */
  width: number;
  stem: Stem;
}

/** A residual network (He et al. 2016), with torchvision's names. */
export interface ResNet extends Backbone {
  readonly shape: ResNetShape;
}

/** CIFAR: 3 x 3 and no pooling, small views keep their detail. ImageNet: 7 x 7 / 2, then 3 x 3 / 2 pooling. */
function runStem(weights: Weights, x: Tensor, { stem, width }: ResNetShape, mode: NormMode): Tensor {
  const first =
    stem === 'cifar'
      ? convolve(weights, 'conv1', x, { window: 3, outputs: width })
      : convolve(weights, 'conv1', x, { window: 7, stride: 2, outputs: width });
  const seen = relu(normalise(weights, 'bn1', first, mode));
  return stem === 'cifar' ? seen : maxPool(seen, { size: 3, stride: 2, padding: 1 });
}

export function resnet(shape: ResNetShape): ResNet {
  const { blocks, width, stem } = shape;
  const [block, expansion] = shape.block === 'basic' ? [basicBlock, 1] : [bottleneckBlock, 4];
  const channels = blocks.map((_, i) => width * 2 ** i);
  const layers = channels.map((count, i) => ({ name: `layer${i + 1}`, dim: count * expansion }));
  return {
    shape,
    stages: [{ name: 'stem', dim: width }, ...layers],
    layout: 'torchvision',
    mirror: [...channels.slice(0, -1).reverse(), ...(stem === 'imagenet' ? [width, width] : [])],
    run(weights, x, stage, mode) {
      if (stage === 0) return runStem(weights, x, shape, mode);
      let y = x;
      for (let j = 0; j < blocks[stage - 1]; j++) {
        const stride = stage > 1 && j === 0 ? 2 : 1;
        y = block(weights, y, { name: `layer${stage}.${j}`, channels: channels[stage - 1], stride }, mode);
      }
      return y;
    },
  };
}
