import { writeCsv } from '../../src/core/formats/csv';
import type { Rows } from '../../src/evaluate/rows';

/** Numbers in a table at most: some 40 MB of text. More are for programs, which read npy and Parquet. */
const MOST = 2 ** 22;

/** Embeddings [count, dim] as text: path, then a column a dimension; null where that is too much. */
export function embeddingsCsv(images: readonly { path: string }[], { values, count, dim }: Rows): string | null {
  if (count * dim > MOST) return null;
  const row = (_: unknown, at: number): (string | number)[] => [
    images[at].path,
    // Nine digits tell single-precision numbers apart.
    ...Array.from(values.subarray(at * dim, (at + 1) * dim), (value) => Number(value.toPrecision(9))),
  ];
  return writeCsv(['path', ...Array.from({ length: dim }, (_, i) => `d${i}`)], Array.from({ length: count }, row));
}
