import type { History } from '../core/records';
import { sealed } from './binary';
import type { StoredHistory } from './schema';

const COLUMNS = ['loss', 'accuracy', 'learningRate', 'spread', 'imagesPerSecond'] as const;

/** The columns one after the other in one sealed array; a column holds one entry a step. */
export function packHistory({ steps, run, evaluations, probes }: History): Omit<StoredHistory, 'slot'> {
  const count = steps.loss.length;
  const all = new Float32Array(count * COLUMNS.length);
  COLUMNS.forEach((column, i) => {
    if (steps[column].length !== count) throw new Error(`History column ${column} has ${steps[column].length} entries`);
    all.set(steps[column], i * count);
  });
  return { run, evaluations, probes, ...sealed(all) };
}

export function unpackHistory({ run, evaluations, probes, bytes }: StoredHistory): History {
  const all = new Float32Array(bytes);
  const count = all.length / COLUMNS.length;
  const column = (i: number): Float32Array => all.slice(i * count, (i + 1) * count);
  const [loss, accuracy, learningRate, spread, imagesPerSecond] = COLUMNS.map((_, i) => column(i));
  return { run, evaluations, probes, steps: { loss, accuracy, learningRate, spread, imagesPerSecond } };
}
