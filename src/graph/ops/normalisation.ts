import { demand, node, type Tensor } from '../tensor';

/** Channels are the last dimension. */
const channels = (x: Tensor): number => x.shape[x.shape.length - 1];

function demandVectors(op: string, x: Tensor, vectors: readonly Tensor[]): void {
  for (const vector of vectors)
    demand(
      vector.shape.length === 1 && vector.shape[0] === channels(x),
      op,
      `[${vector.shape}] does not fit [${x.shape}]`,
    );
}

/** x [N, ..., C] -> [groups, 2, C]: mean and biased variance over each run of N / groups pictures. */
export function moments(x: Tensor, { groups = 1 } = {}): Tensor {
  demand(x.shape[0] % groups === 0, 'moments', `a batch of ${x.shape[0]} does not divide into ${groups} groups`);
  return node('moments', { groups }, [x], [groups, 2, channels(x)]);
}

/** gamma (x - mean) / sqrt(variance + epsilon) + beta, each group by its own moments (Ioffe & Szegedy 2015). */
export function batchNorm(x: Tensor, ofX: Tensor, gamma: Tensor, beta: Tensor, { epsilon = 1e-5 } = {}): Tensor {
  demand(ofX.kind === 'moments' && ofX.inputs[0] === x, 'batchNorm', 'the moments must be of the same tensor');
  demandVectors('batchNorm', x, [gamma, beta]);
  return node('batchNorm', { epsilon }, [x, ofX, gamma, beta], x.shape);
}

/** The same with fixed mean [C] and variance [C]: inference, and EMAN's key encoder. */
export function frozenNorm(
  x: Tensor,
  mean: Tensor,
  variance: Tensor,
  gamma: Tensor,
  beta: Tensor,
  { epsilon = 1e-5 } = {},
): Tensor {
  demandVectors('frozenNorm', x, [mean, variance, gamma, beta]);
  return node('frozenNorm', { epsilon }, [x, mean, variance, gamma, beta], x.shape);
}

/** Mean over the groups of the mean (row 0) or the variance (row 1), times factor -> [C]. */
export function poolMoments(ofX: Tensor, row: 0 | 1, factor = 1): Tensor {
  demand(ofX.kind === 'moments', 'poolMoments', 'needs moments');
  return node('poolMoments', { row, factor }, [ofX], [ofX.shape[2]]);
}
