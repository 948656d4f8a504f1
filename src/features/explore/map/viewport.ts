import type { Point, Viewport } from '../../../widgets/zoom/zoom';

/** Pixels around what is fitted. */
const MARGIN = 40;

/** All of the points [count, 2] within so many pixels. */
export function fitted(points: Float32Array, width: number, height: number): Viewport {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 2) {
    if (Number.isNaN(points[at])) continue;
    left = Math.min(left, points[at]);
    right = Math.max(right, points[at]);
    top = Math.min(top, points[at + 1]);
    bottom = Math.max(bottom, points[at + 1]);
  }
  const [wide, high] = [Math.max(right - left, 1e-6), Math.max(bottom - top, 1e-6)];
  const scale = Math.max(1e-6, Math.min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high));
  return { scale, left: width / 2 - ((left + right) / 2) * scale, top: height / 2 - ((top + bottom) / 2) * scale };
}

/** The row whose point is nearest to a place, within so many pixels; -1 for none. */
export function rowAt(points: Float32Array, { scale, left, top }: Viewport, { x, y }: Point, within: number): number {
  let [best, least] = [-1, within * within];
  for (let row = 0; 2 * row < points.length; row++) {
    const [dx, dy] = [points[2 * row] * scale + left - x, points[2 * row + 1] * scale + top - y];
    const square = dx * dx + dy * dy;
    if (square < least) [best, least] = [row, square];
  }
  return best;
}

/** Rows whose points lie within a closed line: a ray from them crosses it an odd number of times. */
export function rowsWithin(points: Float32Array, { scale, left, top }: Viewport, line: readonly Point[]): number[] {
  const found: number[] = [];
  for (let row = 0; 2 * row < points.length; row++) {
    const [x, y] = [points[2 * row] * scale + left, points[2 * row + 1] * scale + top];
    let inside = false;
    for (let i = 0, j = line.length - 1; i < line.length; j = i++) {
      const [a, b] = [line[i], line[j]];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
    if (inside) found.push(row);
  }
  return found;
}
