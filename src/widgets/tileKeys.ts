/**
 * Where a key leads in a grid of `count` tiles, `columns` wide, of which `page` rows are in sight: row by row as text runs.
 * Null for keys that do not move. A move past an end stays at that end; Down from above a short last row goes to its end.
 */
export function tileAfterKey(
  key: string,
  from: number,
  { count, columns, page }: { count: number; columns: number; page: number },
): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const down = (rows: number): number => {
    const lastRow = Math.floor(last / columns);
    const row = Math.min(lastRow, Math.max(0, Math.floor(from / columns) + rows));
    return Math.min(last, row * columns + (from % columns));
  };
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'ArrowUp':
      return down(-1);
    case 'ArrowDown':
      return down(1);
    case 'PageUp':
      return down(-page);
    case 'PageDown':
      return down(page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
