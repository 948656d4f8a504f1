import { writeCsv } from '../../src/core/formats/csv';
import type { LabelColumn } from '../../src/core/labels/column';
import type { ImagePath } from '../../src/database/images';

type Cell = string | number | null;

/**
 * What is known of pictures, by column: row of the embeddings, path, folder ('label'), checksum, and each stored label column, from CSV files
 * and from clicks. A column that has the name of one of the first four says so.
 */
export function imageColumns(
  images: readonly ImagePath[],
  labels: readonly LabelColumn[],
): Record<string, readonly Cell[]> {
  const own: Record<string, readonly Cell[]> = {
    row: images.map((_, place) => place),
    path: images.map(({ path }) => path),
    label: images.map(({ label }) => label),
    sha256: images.map(({ sha256 }) => sha256),
  };
  const others = labels.map(({ name, values }): [string, Cell[]] => [
    Object.hasOwn(own, name) ? `${name} (labels)` : name,
    images.map(({ row }) => values[row] ?? null),
  ]);
  return Object.fromEntries([...Object.entries(own), ...others]);
}

export function imagesCsv(columns: Readonly<Record<string, readonly Cell[]>>): string {
  const values = Object.values(columns);
  return writeCsv(
    Object.keys(columns),
    values[0].map((_, i) => values.map((column) => column[i])),
  );
}
