import { useEffect } from 'react';
import { useActions } from '../../app/store/hooks';

/** Makes these the rows that are selected all at once, and gone along in full size, while a list shows them. */
export function useListed(rows: readonly number[]): void {
  const { list } = useActions();
  const key = rows.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same rows in another array are the same list.
  useEffect(() => list(rows), [list, key]);
  useEffect(() => () => list(null), [list]);
}
