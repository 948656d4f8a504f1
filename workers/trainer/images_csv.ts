import { writeCsv } from '../../src/core/formats/csv';
import type { LabelColumn } from '../../src/core/labels/column';
import type { ImagePath } from '../../src/database/images';

const OWN = ['row', 'path', 'label', 'sha256'] as const;

/**
 * The list of pictures: row, path, folder ('label'), checksum, and a column for each stored label column, from CSV files
 * and from clicks. A column that has the name of one of the first four says so.
 */
export function imagesCsv(images: readonly ImagePath[], labels: readonly LabelColumn[]): string {
  const names = labels.map(({ name }) => (OWN.some((own) => own === name) ? `${name} (labels)` : name));
  const rows = images.map(({ row, path, label, sha256 }) => [
    ...[row, path, label, sha256],
    ...labels.map(({ values }) => values[row] ?? null),
  ]);
  return writeCsv([...OWN, ...names], rows);
}
