import { COMPARED } from '../../src/core/compared';
import { writeCsv } from '../../src/core/formats/csv';
import { SEARCH_VIEW, viewOf } from '../../src/core/search_view';
import { allPairs } from '../../src/evaluate/refine/all_pairs';
import { refined } from '../../src/evaluate/refine/refinement';
import { type Rows, unitRows } from '../../src/evaluate/rows';

/** Neighbours listed of each picture. */
const NEIGHBOURS = 10;

/**
 * The graph of neighbours: of each picture the most similar others as the page finds them, refined; a line an edge. null where
 * there are too many pictures to compare every pair.
 * @param rows embeddings [count, dim], which may be refined already
 */
export function neighboursCsv(
  images: readonly { path: string }[],
  rows: Rows,
  { refined: already }: { refined: boolean },
): string | null {
  const { values, count, dim } = rows;
  if (count > COMPARED) return null;
  const refines = !already && viewOf(SEARCH_VIEW, count).refined;
  const {
    k,
    rows: others,
    similarities,
  } = allPairs(refines ? refined(values, count, dim) : unitRows(rows), NEIGHBOURS);
  const edges = Array.from(others, (other, at) => {
    const [row, rank] = [Math.floor(at / k), 1 + (at % k)];
    return [images[row].path, rank, images[other]?.path ?? '', similarities[at].toFixed(6)];
  });
  return writeCsv(
    ['path', 'rank', 'neighbour', 'similarity'],
    edges.filter((_, at) => others[at] >= 0),
  );
}
