import { add, relu } from '../../graph/ops/arithmetic';
import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import { convolve, type NormMode, normalise } from './layers';

/** What a residual block is asked for. `name` is its prefix in torchvision: 'layer2.0'. */
interface BlockPlace {
  name: string;
  channels: number;
  stride: number;
}

/** The way round: the input itself, or a strided 1 x 1 convolution where the shape changes. */
function shortcut(weights: Weights, x: Tensor, name: string, stride: number, outputs: number, mode: NormMode): Tensor {
  if (stride === 1 && x.shape[3] === outputs) return x;
  const projected = convolve(weights, `${name}.downsample.0`, x, { window: 1, stride, outputs });
  return normalise(weights, `${name}.downsample.1`, projected, mode);
}

/** Two 3 x 3 convolutions (He et al. 2016, figure 5 left). */
export function basicBlock(
  weights: Weights,
  x: Tensor,
  { name, channels, stride }: BlockPlace,
  mode: NormMode,
): Tensor {
  const first = convolve(weights, `${name}.conv1`, x, { window: 3, stride, outputs: channels });
  const inner = relu(normalise(weights, `${name}.bn1`, first, mode));
  const second = convolve(weights, `${name}.conv2`, inner, { window: 3, outputs: channels });
  const change = normalise(weights, `${name}.bn2`, second, mode);
  return relu(add(change, shortcut(weights, x, name, stride, channels, mode)));
}

/** 1 x 1 down, 3 x 3, 1 x 1 up to four times the channels; the stride is on the 3 x 3 (torchvision's "v1.5"). */
export function bottleneckBlock(
  weights: Weights,
  x: Tensor,
  { name, channels, stride }: BlockPlace,
  mode: NormMode,
): Tensor {
  const down = convolve(weights, `${name}.conv1`, x, { window: 1, outputs: channels });
  const narrow = relu(normalise(weights, `${name}.bn1`, down, mode));
  const across = convolve(weights, `${name}.conv2`, narrow, { window: 3, stride, outputs: channels });
  const seen = relu(normalise(weights, `${name}.bn2`, across, mode));
  const up = convolve(weights, `${name}.conv3`, seen, { window: 1, outputs: 4 * channels });
  const change = normalise(weights, `${name}.bn3`, up, mode);
  return relu(add(change, shortcut(weights, x, name, stride, 4 * channels, mode)));
}
