import { expect, test } from 'vitest';
import type { Column } from '../core/columns';
import type { History } from '../core/records';
import { packHistory, unpackHistory } from './history';

const column = (first: number) => Float32Array.of(first, first + 0.5);
const history = (steps: History['steps']): History => ({ run: 'r', steps, evaluations: [], probes: [] });
const common = { loss: column(1), learningRate: column(2), imagesPerSecond: column(3) };

test('a method’s own columns come back, and no others', () => {
  const vae = {
    ...history({ ...common, error: column(4), divergence: column(5), units: column(6), beta: column(7) }),
    divergence: [1, 0],
  };
  expect(unpackHistory({ ...packHistory(vae), slot: 0 })).toEqual(vae);
});

test('what was stored before columns had names is MoCo’s five', () => {
  const { columns: _, ...stored } = packHistory(history(common));
  const bytes = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).buffer;
  const { steps } = unpackHistory({ ...stored, slot: 0, bytes });
  expect(Object.keys(steps)).toEqual(['loss', 'accuracy', 'learningRate', 'featureStd', 'imagesPerSecond']);
  expect(steps.accuracy).toEqual(Float32Array.of(3, 4));
  const named = ['loss', 'spread', 'accuracy'] as unknown as Column[];
  expect(Object.keys(unpackHistory({ ...stored, columns: named, slot: 0, bytes }).steps)[1]).toBe('featureStd');
});
