import { ByteWriter, parquetWrite } from 'hyparquet-writer';

/**
 * A table of vectors as Parquet, Snappy compressed: its columns, numbers as doubles and all else as text, then `embedding`,
 * a list of floats. `vectors`: [count, dim].
 */
export function writeParquet(
  columns: Readonly<Record<string, readonly (string | number | null)[]>>,
  { values, count, dim }: { values: Float32Array; count: number; dim: number },
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(columns);
  const numeric = (name: string) => columns[name].every((cell) => typeof cell !== 'string');
  const rows = Array.from({ length: count }, (_, row) => Array.from(values.subarray(row * dim, (row + 1) * dim)));
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    columnData: [...names.map((name) => ({ name, data: [...columns[name]] })), { name: 'embedding', data: rows }],
    schema: [
      { name: 'root', num_children: names.length + 1 },
      ...names.map((name) =>
        numeric(name)
          ? ({ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' } as const)
          : ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const),
      ),
      { name: 'embedding', converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ],
  });
  return new Uint8Array(writer.getBuffer());
}
