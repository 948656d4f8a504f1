// A symbolic tensor: what an operation will produce, with its shape known and nothing computed.
// Each op's builder lives in ops/, checks shapes and calls `node`. Executors give the kinds their meaning.

/** Dimensions, outermost first. Pictures are NHWC, convolution weights HWIO, linear weights [in, out]. */
export type Shape = readonly number[];
export type Dtype = 'float32' | 'int32';
/** Zeros around a picture: [top, bottom, left, right]. */
export type Padding = readonly [number, number, number, number];

/** Every kind of node with its attributes. A kind is added in six places: here, its builder, its definition, its twin, its kernels, its meaning (engine/testing/plain). */
export interface Kinds {
  /** A tensor fed anew at every run. */
  input: { name: string };
  /** A number fed anew at every run (a rate, a ring pointer). Shape []. Executors keep it on the host. */
  scalar: { name: string };
  /** A named value the executor keeps between runs; the node reads it as it was when the run began. */
  variable: { name: string };
  /** A fixed tensor, part of the graph. */
  constant: { values: Float32Array | Int32Array };

  /** [N, H, W, I] * [h, w, I, O] -> [N, H', W', O], H' = floor((H + top + bottom - h) / s) + 1. */
  conv2d: { stride: number; padding: Padding };
  /** [N, H, W, C] * [h, w, C, 1] -> [N, H', W', C]: each channel with a window of its own. */
  depthwiseConv2d: { stride: number; padding: Padding };
  /** [N, H, W, C] -> [N, H', W', C], padding never wins. */
  maxPool: { size: number; stride: number; padding: number };
  /** [N, H, W, C] -> [N, H', W', C]: the mean of the values under the window; padding is not counted. */
  averagePool: { size: number; stride: number; padding: number };
  /** [N, H, W, C] -> [N, C]. */
  meanPool: Record<never, never>;
  /** [N, H, W, C] -> [N, 2H, 2W, C], y[n, i, j, c] = x[n, i >> 1, j >> 1, c]: every pixel becomes a square of four. */
  upsample2: Record<never, never>;
  /** The same values in the same row-major order under another shape. */
  reshape: Record<never, never>;
  /** [N, ..., C] -> [groups, 2, C]: mean and biased variance of each of `groups` equal runs of rows. No gradient but a norm's through them. */
  moments: { groups: number };
  /** (x, moments(x), gamma, beta) -> x's shape. Its derivative runs through the moments, which must be x's own. */
  batchNorm: { epsilon: number };
  /** (x, mean [C], variance [C], gamma, beta) -> x's shape; mean and variance are constants to the derivative. */
  frozenNorm: { epsilon: number };
  /** moments [groups, 2, C] -> [C]: mean over groups of row 0 (mean) or 1 (variance), times `factor`. No gradient. */
  poolMoments: { row: 0 | 1; factor: number };

  /** [N, I] x [I, O] -> [N, O]; with transposeRight [N, I] x [O, I] -> [N, O]. */
  matMul: { transposeRight: boolean };
  /** Elementwise; the right side may be a vector [C] added to every row. */
  add: Record<never, never>;
  relu: Record<never, never>;
  /** min(max(x, 0), 6). */
  relu6: Record<never, never>;
  /** x times a number. */
  scale: { factor: number };
  /** left + factor * right, factor a number or a scalar node (third input). Same shapes. */
  addScaled: { factor: number | null };
  /** Elementwise product. Same shapes. */
  mul: Record<never, never>;
  /** Elementwise e^x. */
  exp: Record<never, never>;
  /** left * (1 - t) + right * t, t a number or a scalar node (third input). Same shapes. No gradient: for updates. */
  blend: { weight: number | null };

  /** Rows of unit Euclidean length, x / max(|x|, 1e-12). [N, C]. */
  unitRows: Record<never, never>;
  /** Row-by-row inner product, [N, C] . [N, C] -> [N, 1]. */
  rowDot: Record<never, never>;
  /** Side by side along the last dimension: [..., A], [..., B], ... -> [..., A + B + ...]. */
  concatColumns: Record<never, never>;
  /** One after another along the first dimension. */
  concatRows: Record<never, never>;
  /** Rows [begin, begin + size) of the first dimension. No gradient. */
  sliceRows: { begin: number; size: number };
  /** x[order]: row i of the result is row order[i] of x. order is int32 [M]. */
  gatherRows: Record<never, never>;
  /** Logits [N, K] with -1e30 wherever rowIds[i] ([N]; or any of rowIds[i, :], [N, M]) equals columnIds[j], both int32; no gradient there. */
  maskSame: Record<never, never>;
  /** Logits [N, C], target columns int32 [N] -> -log softmax at the target, [N]. */
  crossEntropy: Record<never, never>;
  /** 1 where the target's logit is larger than every other, else 0. [N], no gradient. */
  isLargest: Record<never, never>;
  /**
   * Similarities [N, M], positives [N, 1] -> int32 [N]: the column with the largest similarity in the open interval
   * (positive - window, positive), or where no column lies in it the column with the largest of all; of equal ones the
   * first. No gradient.
   */
  semiHard: { window: number };
  /** Mean of all elements, shape []. */
  mean: Record<never, never>;
  /** sqrt(C) times the mean over columns of the standard deviation of unit rows. 1 healthy, 0 collapsed. Shape []. */
  featureStd: Record<never, never>;
  /** ring [K, C] with rows [N, C] written at (pointer + i) mod K; pointer is a scalar node. Also int32 [K], [N]. */
  writeRing: Record<never, never>;

  /** Identity whose derivative is zero. */
  stopGradient: Record<never, never>;
  /** d loss / d inputs[1 + index], inputs = [loss, ...parameters]; all indices of one loss share their inputs. */
  gradient: { index: number };
}

export type Kind = keyof Kinds;
/** Kinds that executors give a value to themselves: what is fed, kept, fixed, or derived. */
export type LeafKind = 'input' | 'scalar' | 'variable' | 'constant' | 'gradient';
export type OpKind = Exclude<Kind, LeafKind>;

export type Tensor<K extends Kind = Kind> = {
  [P in K]: {
    readonly kind: P;
    readonly attributes: Kinds[P];
    readonly inputs: readonly Tensor[];
    readonly shape: Shape;
    readonly dtype: Dtype;
  };
}[K];

export function node<K extends Kind>(
  kind: K,
  attributes: Kinds[K],
  inputs: readonly Tensor[],
  shape: Shape,
  dtype: Dtype = 'float32',
): Tensor {
  // The union cannot be narrowed by a type parameter; every builder in ops/ passes a matching pair.
  return { kind, attributes, inputs, shape, dtype } as Tensor;
}

export const elements = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** Throws an Error (a bug, not a fault) naming the op and what did not fit. */
export function demand(condition: boolean, op: string, message: string): asserts condition {
  if (!condition) throw new Error(`${op}: ${message}`);
}
