import { expect, test } from 'vitest';
import { type Defeat, defeatRemarks } from './defeats';

const kNN = { measure: 'kNN', labels: 'folder' } as const;
const defeat = (method: string, fields: Partial<Defeat> = {}): Defeat => ({
  ...{ method, baseline: 'raw pixels', column: kNN, ours: 0.4, theirs: 0.55 },
  ...fields,
});

test('one method is said with both numbers', () => {
  expect(defeatRemarks([defeat('VAE'), defeat('VAE', { column: { measure: 'R@5', labels: 'folder' } })])).toEqual([
    'VAE does worse than raw pixels by kNN (folder), 40.0 % against 55.0 %; also by R@5 (folder).',
  ]);
});

test('however many methods, measures and label columns, it is one sentence of bounded length a baseline', () => {
  const columns = ['a', 'b', 'c'].flatMap((labels) =>
    (['probe MAE', 'kNN', 'R@1', 'mAP@R'] as const).map((measure) => ({ measure, labels })),
  );
  const all = Array.from({ length: 10 }, (_, i) =>
    ['raw pixels', 'colour histogram'].flatMap((baseline) =>
      columns.map((column) => defeat(`method ${i}`, { baseline, column })),
    ),
  ).flat();
  const remarks = defeatRemarks(all);
  expect(remarks).toHaveLength(2);
  expect(remarks[0]).toBe(
    'method 0 (0.4), method 1 (0.4), method 2 (0.4) and 7 others do worse than raw pixels (0.55) by probe MAE (a); also, or others, by kNN, R@1 (a); probe MAE (b); probe MAE (c) and 7 more.',
  );
});

test('the measure that beats most methods comes first', () => {
  const mAP = { column: { measure: 'mAP@R', labels: 'folder' } } as const;
  const [remark] = defeatRemarks([defeat('AE'), defeat('AE', mAP), defeat('VAE', mAP)]);
  expect(remark).toBe(
    'AE (40.0 %) and VAE (40.0 %) do worse than raw pixels (55.0 %) by mAP@R (folder); also, or others, by kNN (folder).',
  );
});
