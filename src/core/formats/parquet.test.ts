import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { writeParquet } from './parquet';

test('a table of vectors is read back by another library, to the last bit', async () => {
  const [count, dim] = [1500, 3];
  const values = Float32Array.from({ length: count * dim }, (_, i) => Math.fround(Math.sin(i)));
  const path = Array.from({ length: count }, (_, row) => `日本/${row}.png`);
  const label = path.map((_, row) => (row % 3 === 0 ? null : `class ${row % 2}`));
  const price = path.map((_, row) => (row % 2 === 0 ? row / 4 : null));
  const bytes = writeParquet({ path, label, price }, { values, count, dim });
  const rows = await parquetReadObjects({ file: bytes.buffer });
  expect(rows).toHaveLength(count);
  for (const row of [0, 1, 999, 1000, 1499])
    expect(rows[row]).toEqual({
      ...{ path: path[row], label: label[row], price: price[row] },
      embedding: [...values.subarray(row * dim, (row + 1) * dim)],
    });
});
