import { writeCsv } from '../../src/core/formats/csv';
import type { Query, SearchOptions } from './options';

/** Query pictures that are not in the folder lie in this one, in the page's data set alone. */
export const QUERIES = '(queries)';

/** A picture of the data set, with the paths of files that hold the same bytes. */
export interface Row {
  row: number;
  path: string;
  copies: readonly string[];
}

/** One query: pictures to be like, by their places among all that were given, and unlike. */
export interface Asked {
  /** As it was given. */
  given: string;
  like: number[];
  unlike: number[];
}

export interface Found {
  query: Asked;
  /** Of its examples, the positive ones first. */
  rows: number[];
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

/** All pictures that were given. */
export const givenPictures = ({ queries, unlike }: Pick<SearchOptions, 'queries' | 'unlike'>): Query[] => [
  ...queries,
  ...unlike,
];

/** The queries: each picture is one, or all are examples of one; what they are to be unlike is the same for all. */
export function asked({ queries, unlike, together }: Pick<SearchOptions, 'queries' | 'unlike' | 'together'>): Asked[] {
  const less = unlike.map((_, i) => queries.length + i);
  const words = unlike.map(({ given }) => ` - ${given}`).join('');
  if (!together) return queries.map(({ given }, i) => ({ given: given + words, like: [i], unlike: less }));
  const given = queries.map((query) => query.given).join(' + ') + words;
  return [{ given, like: [...queries.keys()], unlike: less }];
}

/** The `top` first that lie in the folder: queries from elsewhere are no results. */
export const ofFolder = (
  found: readonly { row: number; similarity: number }[],
  rows: readonly Row[],
  top: number,
): Found['neighbours'] =>
  found
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
