import { demand, node, type Padding, type Shape, type Tensor } from '../tensor';

const outputSide = (side: number, window: number, stride: number, padding: number): number =>
  Math.floor((side + padding - window) / stride) + 1;

/** Zeros around a picture: as many on all sides (PyTorch), each side's own, or TensorFlow's 'same'. */
export type PaddingChoice = number | Padding | 'same';

/** TensorFlow's 'same' along one dimension: ceil(side / stride) places, the odd zero at the far end. */
function sameAlong(side: number, window: number, stride: number): [number, number] {
  const total = Math.max((Math.ceil(side / stride) - 1) * stride + window - side, 0);
  return [total >> 1, total - (total >> 1)];
}

function paddingOf(choice: PaddingChoice, x: Shape, window: Shape, stride: number): Padding {
  if (typeof choice === 'number') return [choice, choice, choice, choice];
  if (choice !== 'same') return choice;
  return [...sameAlong(x[1], window[0], stride), ...sameAlong(x[2], window[1], stride)];
}

/** Where a window [h, w, ...] over pictures puts its results: the padding, and [N, H', W', channels]. */
function slide(
  op: string,
  x: Tensor,
  window: Shape,
  { stride, padding: choice }: { stride: number; padding: PaddingChoice },
  channels: number,
): { padding: Padding; shape: Shape } {
  const padding = paddingOf(choice, x.shape, window, stride);
  const [n, height, width] = x.shape;
  const [top, bottom, left, right] = padding;
  const rows = outputSide(height, window[0], stride, top + bottom);
  const columns = outputSide(width, window[1], stride, left + right);
  demand(rows > 0 && columns > 0, op, `a picture of ${height} x ${width} is too small for this layer`);
  return { padding, shape: [n, rows, columns, channels] };
}

function demandPictures(op: string, x: Tensor, weights: Tensor): void {
  demand(
    x.shape.length === 4 && weights.shape.length === 4,
    op,
    `needs ranks 4, got [${x.shape}] and [${weights.shape}]`,
  );
  const [channels, inputs] = [x.shape[3], weights.shape[2]];
  demand(channels === inputs, op, `${channels} channels into weights for ${inputs}`);
}

/** What windows are slid by: by default one pixel at a time, without padding. */
interface Sliding {
  stride?: number;
  padding?: PaddingChoice;
}

/** x [N, H, W, I], weights [h, w, I, O] -> [N, H', W', O]. */
export function conv2d(x: Tensor, weights: Tensor, { stride = 1, padding: choice = 0 }: Sliding = {}): Tensor {
  demandPictures('conv2d', x, weights);
  const { padding, shape } = slide('conv2d', x, weights.shape, { stride, padding: choice }, weights.shape[3]);
  return node('conv2d', { stride, padding }, [x, weights], shape);
}

/** x [N, H, W, C], weights [h, w, C, 1] -> [N, H', W', C]: each channel by itself. */
export function depthwiseConv2d(x: Tensor, weights: Tensor, { stride = 1, padding: choice = 0 }: Sliding = {}): Tensor {
  demandPictures('depthwiseConv2d', x, weights);
  demand(weights.shape[3] === 1, 'depthwiseConv2d', `one window a channel, got [${weights.shape}]`);
  const { padding, shape } = slide('depthwiseConv2d', x, weights.shape, { stride, padding: choice }, x.shape[3]);
  return node('depthwiseConv2d', { stride, padding }, [x, weights], shape);
}

/** The windows of a pooling: squares, padded alike on all sides. */
interface Pooling {
  size: number;
  stride: number;
  padding: number;
}

function pool(kind: 'maxPool' | 'averagePool', x: Tensor, pooling: Pooling): Tensor {
  demand(x.shape.length === 4, kind, `needs rank 4, got [${x.shape}]`);
  const { size } = pooling;
  return node(kind, pooling, [x], slide(kind, x, [size, size], pooling, x.shape[3]).shape);
}

/** x [N, H, W, C] -> [N, H', W', C]; padded places never win. */
export const maxPool = (x: Tensor, pooling: Pooling): Tensor => pool('maxPool', x, pooling);

/** x [N, H, W, C] -> [N, H', W', C]: means over windows; padded places are not counted. */
export const averagePool = (x: Tensor, pooling: Pooling): Tensor => pool('averagePool', x, pooling);

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
