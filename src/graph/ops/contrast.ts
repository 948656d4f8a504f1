import { demand, node, type Tensor } from '../tensor';

/** Logits [N, K] with -1e30 where rowIds [N], or any of a row's in rowIds [N, M], names a column's of columnIds [K] (int32). */
export function maskSame(logits: Tensor, rowIds: Tensor, columnIds: Tensor): Tensor {
  const [rows, columns] = logits.shape;
  demand(rowIds.dtype === 'int32' && columnIds.dtype === 'int32', 'maskSame', 'ids must be int32');
  demand(
    rowIds.shape.length <= 2 && rowIds.shape[0] === rows && `${columnIds.shape}` === `${[columns]}`,
    'maskSame',
    `ids [${rowIds.shape}], [${columnIds.shape}] for [${logits.shape}]`,
  );
  return node('maskSame', {}, [logits, rowIds, columnIds], logits.shape);
}

function demandTargets(op: string, logits: Tensor, targets: Tensor): void {
  demand(
    targets.dtype === 'int32' && targets.shape[0] === logits.shape[0],
    op,
    `targets [${targets.shape}] for [${logits.shape}]`,
  );
}

/** -log softmax(logits)[i, targets[i]] -> [N]. */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  demandTargets('crossEntropy', logits, targets);
  return node('crossEntropy', {}, [logits, targets], [logits.shape[0]]);
}

/** 1 where the target's logit beats every other, else 0 -> [N]. No derivative. */
export function isLargest(logits: Tensor, targets: Tensor): Tensor {
  demandTargets('isLargest', logits, targets);
  return node('isLargest', {}, [logits, targets], [logits.shape[0]]);
}

/** sqrt(C) x the mean standard deviation of the columns of unit rows [N, C] -> []. No derivative. */
export function featureStd(rows: Tensor): Tensor {
  demand(rows.shape.length === 2, 'featureStd', `needs a matrix, got [${rows.shape}]`);
  return node('featureStd', {}, [rows], []);
}

/**
 * Similarities [N, M] and the positive's of each row [N, 1] -> int32 [N]: the column of the semi-hard negative, the most
 * similar one that is less similar than the positive by under `window`; where there is none, of the most similar of all.
 * No derivative.
 */
export function semiHard(similarity: Tensor, positive: Tensor, window: number): Tensor {
  demand(similarity.shape.length === 2, 'semiHard', `needs a matrix, got [${similarity.shape}]`);
  const [rows] = similarity.shape;
  demand(`${positive.shape}` === `${[rows, 1]}`, 'semiHard', `positives [${positive.shape}] for ${rows} rows`);
  demand(window > 0, 'semiHard', `a window of ${window}`);
  return node('semiHard', { window }, [similarity, positive], [rows], 'int32');
}
