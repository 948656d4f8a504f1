import { COLUMNS, type Column } from '../core/columns';
import type { History, StepColumns } from '../core/records';
import { sealed } from './binary';
import type { StoredHistory } from './schema';
import { soundEvaluations, soundProbes } from './sound';

/** What was stored of a step while MoCo was the only method, in this order and without naming it. */
const FIRST: readonly Column[] = ['loss', 'accuracy', 'learningRate', 'featureStd', 'imagesPerSecond'];

/** The columns one after the other in one sealed array; a column holds one entry a step. */
export function packHistory({ steps, ...rest }: History): Omit<StoredHistory, 'slot'> {
  const count = steps.loss.length;
  const columns = COLUMNS.filter((column) => steps[column]);
  const all = new Float32Array(count * columns.length);
  columns.forEach((column, i) => {
    const values = steps[column] as Float32Array;
    all.set(values, i * count);
  });
  return { ...rest, columns, ...sealed(all) };
}

/** The column that was once stored under another name. */
const nameOf = (column: string): string => (column === 'spread' ? 'featureStd' : column);

export function unpackHistory({ columns = FIRST, bytes, slot: _, check: __, ...rest }: StoredHistory): History {
  const all = new Float32Array(bytes);
  const count = all.length / columns.length;
  const steps = columns.map((column, i) => [nameOf(column), all.slice(i * count, (i + 1) * count)]);
  const [evaluations, probes] = [soundEvaluations(rest.evaluations), soundProbes(rest.probes)];
  return { ...rest, evaluations, probes, steps: Object.fromEntries(steps) as StepColumns };
}
