import type { ClassColumn, LabelColumn } from '../../../core/labels/column';
import { mostlyIn } from '../mostlyIn';

/** Clusters as labels of `count` pictures: numbered, the largest first, with what most of each are by `known`. */
export function clusterColumn(
  clusters: readonly (readonly number[])[],
  count: number,
  known: LabelColumn | undefined,
): ClassColumn {
  const values: (string | null)[] = Array(count).fill(null);
  for (const [at, rows] of clusters.entries()) {
    const mostly = mostlyIn(known, rows);
    const name = mostly ? `${at + 1} · ${mostly.name}` : `Group ${at + 1}`;
    for (const row of rows) values[row] = name;
  }
  return { kind: 'class', name: 'cluster', values };
}
