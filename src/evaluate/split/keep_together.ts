import { classNumbers, type LabelColumn } from '../../core/labels/column';
import { Units } from './units';

/** What says that pictures belong together. */
export interface Ties {
  /** Column that names groups: same person, same scene, same product. Pictures without one stand alone. */
  groups?: LabelColumn;
  /** [count] SHA-256 of the files: equal files were folded on import, but not across data sets. */
  sha256?: readonly string[];
  /** Rows of nearly the same picture. */
  near?: readonly (readonly [number, number])[];
}

/** [count]: rows that must not be divided between folds, and are drawn as one in a bootstrap, have the same number. */
export function keptTogether(count: number, { groups, sha256, near = [] }: Ties): Int32Array {
  const units = new Units(count);
  if (groups) units.joinEqual(Array.from(classNumbers(groups).numbers, (number) => (number < 0 ? null : number)));
  if (sha256) units.joinEqual(sha256);
  for (const [a, b] of near) units.join(a, b);
  return units.numbers();
}
