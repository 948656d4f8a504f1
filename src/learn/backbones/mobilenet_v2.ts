import { add, relu6 } from '../../graph/ops/arithmetic';
import { depthwiseConv2d } from '../../graph/ops/convolution';
import type { Padding, Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import type { Backbone } from './backbone';
import { EPSILON, unitRange } from './keras';
import { convolve, type NormMode, normalise } from './layers';

/** Keras pads the far sides alone before a stride of 2. */
const paddingOf = (stride: number): number | Padding => (stride === 2 ? [0, 1, 0, 1] : 1);

/** How many times as many channels a block has inside. */
const EXPANSION = 6;

interface Block {
  name: string;
  outputs: number;
  stride?: number;
}

/**
 * Inverted residual with a linear bottleneck (Sandler et al. 2018, figure 4): 1 x 1 up, 3 x 3 each channel by itself,
 * 1 x 1 down without ReLU, added to the input where that has the shape. The first block does not widen.
 */
function invertedResidual(weights: Weights, x: Tensor, { name, outputs, stride = 1 }: Block, mode: NormMode): Tensor {
  const norm = (of: Tensor, layer: string): Tensor => normalise(weights, `${name}_${layer}_BN`, of, mode, EPSILON);
  const point = (of: Tensor, layer: string, channels: number): Tensor =>
    norm(convolve(weights, `${name}_${layer}`, of, { window: 1, outputs: channels }), layer);
  const inputs = x.shape[3];
  const wide = name === FIRST.name ? x : relu6(point(x, 'expand', EXPANSION * inputs));
  const kernel = weights.read(`${name}_depthwise.weight`, 'convolution', [3, 3, wide.shape[3], 1]);
  const seen = relu6(norm(depthwiseConv2d(wide, kernel, { stride, padding: paddingOf(stride) }), 'depthwise'));
  const narrow = point(seen, 'project', outputs);
  return stride === 1 && inputs === outputs ? add(x, narrow) : narrow;
}

const FIRST: Block = { name: 'expanded_conv', outputs: 16 };

/** Blocks of one width, the first of them with the stride; called after the last. */
const blocks = (from: number, to: number, outputs: number, stride: number) => ({
  name: `block_${to}`,
  dim: outputs,
  blocks: Array.from(
    { length: to - from + 1 },
    (_, i): Block => ({ name: `block_${from + i}`, outputs, stride: i === 0 ? stride : 1 }),
  ),
});

const STAGES: readonly { name: string; dim: number; blocks: readonly Block[] }[] = [
  { name: 'stem', dim: FIRST.outputs, blocks: [FIRST] },
  blocks(1, 2, 24, 2),
  blocks(3, 5, 32, 2),
  blocks(6, 9, 64, 2),
  blocks(10, 12, 96, 1),
  blocks(13, 15, 160, 2),
  { ...blocks(16, 16, 320, 1), name: 'out_relu', dim: 1280 },
];

/** MobileNetV2 (Sandler et al. 2018, arXiv:1801.04381) up to its layer out_relu, with Keras' names. */
export const mobilenetV2 = (): Backbone => ({
  stages: STAGES,
  layout: 'keras',
  mirror: [96, 32, 24, 16, 16],
  run(weights, x, stage, mode) {
    const unit = (of: Tensor, [name, norm]: [string, string], window: number, stride: number, outputs: number) => {
      const y = convolve(weights, name, of, { window, stride, outputs, padding: window === 1 ? 0 : paddingOf(stride) });
      return relu6(normalise(weights, norm, y, mode, EPSILON));
    };
    let y = stage === 0 ? unit(unitRange(x), ['Conv1', 'bn_Conv1'], 3, 2, 32) : x;
    for (const block of STAGES[stage].blocks) y = invertedResidual(weights, y, block, mode);
    return stage === STAGES.length - 1 ? unit(y, ['Conv_1', 'Conv_1_bn'], 1, 1, 1280) : y;
  },
});
