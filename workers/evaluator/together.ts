import type { LabelColumn } from '../../src/core/labels/column';
import type { ImagePath } from '../../src/database/images';
import { keptTogether } from '../../src/evaluate/split/keep_together';
import type { PictureFacts } from './pictures';

/** What no fold divides and every interval draws as one: groups of a column, equal files, nearly equal pictures. */
export function unitsOf(
  pictures: readonly ImagePath[],
  columns: readonly LabelColumn[],
  groups: string | null,
  { near }: Pick<PictureFacts, 'near'>,
): Int32Array {
  const column = columns.find(({ name }) => name === groups);
  const sha256 = pictures.map((picture) => picture.sha256 || `row ${picture.row}`); // a damaged record equals no other
  return keptTogether(pictures.length, { groups: column, sha256, near });
}
