/** Pairs of rows, the most similar first. */
export interface SimilarPairs {
  first: Int32Array;
  second: Int32Array;
  similarities: Float32Array;
}

/** Rows that pairs of at least this similarity hold together, larger groups first, rows rising. */
export function similarGroups({ first, second, similarities }: SimilarPairs, least: number): number[][] {
  const above = new Map<number, number>();
  const top = (row: number): number => {
    let at = row;
    for (let next = above.get(at); next !== undefined && next !== at; next = above.get(at)) at = next;
    above.set(row, at);
    return at;
  };
  for (let i = 0; i < first.length && similarities[i] >= least; i++) above.set(top(first[i]), top(second[i]));
  const groups = new Map<number, number[]>();
  for (const row of [...above.keys()].sort((a, b) => a - b)) {
    const group = groups.get(top(row)) ?? [];
    groups.set(top(row), group);
    group.push(row);
  }
  return [...groups.values()].filter(({ length }) => length > 1).sort((a, b) => b.length - a.length || a[0] - b[0]);
}
