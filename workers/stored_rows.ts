import type { Database } from '../src/database/connection';
import { type EmbeddingHead, readEmbeddings } from '../src/database/embeddings';
import type { Rows } from '../src/evaluate/rows';

/** So many rows of a run's embeddings, rising, without the others. Null: not computed yet. @throws Fault 'data' when they are damaged */
export async function readRows(
  db: Database,
  dataset: string,
  run: string,
  numbers: (count: number) => ArrayLike<number>,
): Promise<Rows | null> {
  const picker = rowPicker(numbers);
  return (await readEmbeddings(db, dataset, run, picker.take)) && picker.rows();
}

/** Picks rows, rising, of what is read part by part. */
export function rowPicker(numbers: (count: number) => ArrayLike<number>) {
  let wanted: ArrayLike<number> = [];
  let [filled, width] = [0, 0];
  let values = new Float32Array();
  return {
    take(part: Float32Array, first: number, { count, dim }: EmbeddingHead): void {
      if (first === 0) {
        [wanted, filled, width] = [numbers(count), 0, dim];
        values = new Float32Array(wanted.length * dim);
      }
      for (; wanted[filled] < first + part.length / dim; filled++)
        values.set(part.subarray((wanted[filled] - first) * dim, (wanted[filled] - first + 1) * dim), filled * dim);
    },
    rows: (): Rows => ({ values, count: wanted.length, dim: width }),
  };
}
