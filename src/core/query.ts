/**
 * What a search looks for more of, or less of: rows of the data set, which count as one, or the embedding [dim] of a
 * picture that is not in it.
 */
export type Example = ({ rows: readonly number[] } | { vector: Float32Array }) & { unlike: boolean };

export type Query = readonly Example[];

/** A query by one picture of the data set. */
export const likeRow = (row: number): { rows: readonly number[]; unlike: boolean }[] => [
  { rows: [row], unlike: false },
];

/** The row of such a query; null: it is another. */
export function onlyRow([first, ...others]: Query): number | null {
  const single = first && others.length === 0 && !first.unlike && 'rows' in first && first.rows.length === 1;
  return single ? first.rows[0] : null;
}
