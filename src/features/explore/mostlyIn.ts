import type { LabelColumn } from '../../core/labels/column';

/** The label that most of these rows have, and how many of them; null: none has one. */
export function mostlyIn(
  column: LabelColumn | undefined,
  rows: readonly number[],
): { name: string; pictures: number } | null {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = column?.values[row] ?? null;
    if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first ? { name: first[0], pictures: first[1] } : null;
}
