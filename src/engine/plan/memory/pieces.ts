/** Items in order, cut into runs that are no larger than `room` each; an item that is larger by itself is a run of its own. */
export function inPieces<T>(items: readonly T[], sizeOf: (item: T) => number, room: number): T[][] {
  const pieces: T[][] = [];
  let size = 0;
  for (const item of items) {
    const own = sizeOf(item);
    if (pieces.length === 0 || size + own > room) {
      pieces.push([]);
      size = 0;
    }
    pieces[pieces.length - 1].push(item);
    size += own;
  }
  return pieces;
}
