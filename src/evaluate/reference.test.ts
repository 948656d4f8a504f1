import { describe, expect, it } from 'vitest';
import { alignment } from './alignment';
import { featureStd } from './collapse';
import { partnerRecall } from './partner';
import { rankMe } from './rankme';
import { evaluateEmbedding } from './summary';
import { uniformity } from './uniformity';

// The same small set, made by whole numbers here and in numpy, and what the reference's functions say of it:
//
//   i, j = np.mgrid[:63, :24]; y = np.minimum(np.arange(63) // 12, 5)
//   x = ((i * 7919 + j * 104729 + i * j * 31) % 1009 / 1009 - .5 + .35 * (j % 6 == y[:, None])).astype(np.float32)
//   size = np.bincount(y); keep = size[y] >= 4; near = np.argsort(-s, 1)     # s: cosines, -2 on the diagonal
//   r1 = (y[near[:, 0]] == y)[keep].mean(); k = max(1, min(20, int(min(size[size >= 4])) // 2))
//   for j in range(k): np.add.at(votes, (np.arange(n), y[near[:, j]]), np.exp(s[np.arange(n), near[:, j]] / .1))
//   knn = (votes.argmax(1) == y)[keep].mean()
//   uniformity = np.log(np.exp(-4 * (1 - s[np.triu_indices(n, 1)])).mean()); std = 24 ** .5 * unit.std(0).mean()
//   sv = np.linalg.svd(x, compute_uv=False); p = sv / sv.sum() + 1e-7; rankme = np.exp(-(p * np.log(p)).sum())
//   partners 2i and 2i + 1: s[0::2][:, 1::2][:31].argmax(1), argmax(0); views: rows 0 .. 30 and 31 .. 61
const [count, dim] = [63, 24];
const labels = Int32Array.from({ length: count }, (_, i) => Math.min(5, Math.floor(i / 12)));
const values = Float32Array.from({ length: count * dim }, (_, at) => {
  const [i, j] = [Math.floor(at / dim), at % dim];
  return ((i * 7919 + j * 104729 + i * j * 31) % 1009) / 1009 - 0.5 + (j % 6 === labels[i] ? 0.35 : 0);
});
const rows = { values, count, dim };

describe('agreement with the numpy reference', () => {
  it('of R@1 and kNN, protocol included', async () => {
    const found = await evaluateEmbedding({ ...rows, labels });
    const [recall, knn] = ['R@1', 'kNN'].map((name) => found.find((measure) => measure.name === name)!);
    expect(recall.value).toBeCloseTo(0.6333333333, 10);
    expect(knn.value).toBeCloseTo(0.7666666667, 10);
    expect(recall.protocol).toBe(
      'Nearest other picture by cosine has the same label; leave one out, all 60 queries among 63 pictures of 6 classes (3 in classes of fewer than 4 ask nothing).',
    );
    expect(knn.protocol).toMatch(
      /^Vote of the 6 nearest other pictures with weight exp\(cosine \/ 0\.1\); leave one out/,
    );
  });

  it('of partner R@1 both ways', () => {
    const pairs = Array.from({ length: 31 }, (_, i) => [2 * i, 2 * i + 1] as const);
    const [there, back] = partnerRecall(rows, pairs);
    expect(there.value).toBeCloseTo(0.1612903226, 10);
    expect(back.value).toBeCloseTo(0.1935483871, 10);
  });

  it('of alignment, uniformity, feature std and RankMe', () => {
    const [first, second] = [0, 31].map((from) => ({
      values: values.subarray(from * dim, (from + 31) * dim),
      count: 31,
      dim,
    }));
    expect(alignment(first, second).value).toBeCloseTo(1.9705702758, 6);
    expect(uniformity(rows).value).toBeCloseTo(-3.4348642035, 6);
    expect(featureStd(rows).value).toBeCloseTo(0.9673854865, 6);
    expect(rankMe(rows).value).toBeCloseTo(21.9402518026, 4);
  });
});
