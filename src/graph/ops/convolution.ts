import { demand, node, type Tensor } from '../tensor';

const outputSide = (side: number, window: number, stride: number, padding: number): number =>
  Math.floor((side + 2 * padding - window) / stride) + 1;

/** x [N, H, W, I], weights [k, k, I, O] -> [N, H', W', O]. Padding of zeros, the same on all sides, as PyTorch pads. */
export function conv2d(x: Tensor, weights: Tensor, { stride = 1, padding = 0 } = {}): Tensor {
  demand(
    x.shape.length === 4 && weights.shape.length === 4,
    'conv2d',
    `needs ranks 4, got [${x.shape}] and [${weights.shape}]`,
  );
  const [n, height, width, channels] = x.shape;
  const [window, windowX, inputs, outputs] = weights.shape;
  demand(window === windowX, 'conv2d', `square windows only, got [${weights.shape}]`);
  demand(channels === inputs, 'conv2d', `${channels} channels into weights for ${inputs}`);
  const shape = [n, outputSide(height, window, stride, padding), outputSide(width, window, stride, padding), outputs];
  demand(shape[1] > 0 && shape[2] > 0, 'conv2d', `a picture of ${height} x ${width} is too small for this layer`);
  return node('conv2d', { stride, padding }, [x, weights], shape);
}

/** x [N, H, W, C] -> [N, H', W', C]; padded places never win. */
export function maxPool(
  x: Tensor,
  { size, stride, padding }: { size: number; stride: number; padding: number },
): Tensor {
  demand(x.shape.length === 4, 'maxPool', `needs rank 4, got [${x.shape}]`);
  const [n, height, width, channels] = x.shape;
  const shape = [n, outputSide(height, size, stride, padding), outputSide(width, size, stride, padding), channels];
  return node('maxPool', { size, stride, padding }, [x], shape);
}

/** x [N, H, W, C] -> [N, C]: the mean over all positions. */
export function meanPool(x: Tensor): Tensor {
  demand(x.shape.length === 4, 'meanPool', `needs rank 4, got [${x.shape}]`);
  return node('meanPool', {}, [x], [x.shape[0], x.shape[3]]);
}

/** x [N, H, W, C] -> [N, 2H, 2W, C]: every pixel becomes a square of four (nearest neighbour). */
export function upsample2(x: Tensor): Tensor {
  demand(x.shape.length === 4, 'upsample2', `needs rank 4, got [${x.shape}]`);
  const [n, height, width, channels] = x.shape;
  return node('upsample2', {}, [x], [n, 2 * height, 2 * width, channels]);
}
