import { writeCsv } from '../../src/core/formats/csv';
import type { Query } from './options';

/** Query pictures that are not in the folder lie in this one, in the page's data set alone. */
export const QUERIES = '(queries)';

/** A picture of the data set, with the paths of files that hold the same bytes. */
export interface Row {
  row: number;
  path: string;
  copies: readonly string[];
}

export interface Found {
  query: Query;
  row: number;
  neighbours: { row: number; path: string; similarity: number }[];
}

/** The path under which query number `index` is in the data set. */
export const pathOf = ({ inside, file }: Query, index: number): string =>
  inside ?? `${QUERIES}/${index} ${file.split(/[\\/]/).at(-1)}`;

/** The row of each query, undefined for one that was not taken in. One whose bytes are also in the folder is that picture. */
export function queryRows(queries: readonly Query[], rows: readonly Row[]): (number | undefined)[] {
  const rowAt = new Map(rows.flatMap(({ row, path, copies }) => [path, ...copies].map((one) => [one, row] as const)));
  return queries.map((query, i) => rowAt.get(pathOf(query, i)));
}

/**
 * What is found of a query: the `top` nearest pictures that lie in the folder. Other queries are no results; the picture of
 * the folder whose bytes a query from elsewhere has is the first.
 */
export const ofFolder = (
  query: Query,
  row: number,
  neighbours: readonly { row: number; similarity: number }[],
  rows: readonly Row[],
  top: number,
): Found['neighbours'] =>
  [...(query.inside === null ? [{ row, similarity: 1 }] : []), ...neighbours]
    .map(({ row, similarity }) => ({ row, path: rows[row].path, similarity }))
    .filter(({ path }) => !path.startsWith(`${QUERIES}/`))
    .slice(0, top);

/** query, rank, path, similarity: a line a neighbour, nearest first. */
export const resultsCsv = (found: readonly Found[]): string =>
  writeCsv(
    ['query', 'rank', 'path', 'similarity'],
    found.flatMap(({ query, neighbours }) =>
      neighbours.map(({ path, similarity }, i) => [query.given, i + 1, path, similarity.toFixed(6)]),
    ),
  );
