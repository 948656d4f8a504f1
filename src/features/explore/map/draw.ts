import type { Point, Viewport } from '../../../widgets/zoom/zoom';
import { SMALL, type SmallPictures } from './smallPictures';

/** With more pictures in sight than this they are drawn as points. */
const MOST_PICTURES = 600;
const RADIUS = 3;

export interface Drawn {
  points: Float32Array;
  view: Viewport;
  /** In CSS pixels. */
  width: number;
  height: number;
  colourOf(row: number): string;
  /** Rows that stand out; the others are faint. Null: all do. */
  shown: ReadonlySet<number> | null;
  selected: ReadonlySet<number>;
  /** The picture that is searched for, and the one under the pointer. */
  marked: readonly number[];
  lasso: readonly Point[];
  small: SmallPictures;
  accent: string;
  /** Around what is marked, so that it is seen on anything. */
  edge: string;
}

/** Draws the map: points, or the pictures themselves where there is room for them. */
export function drawMap(context: CanvasRenderingContext2D, drawn: Drawn): void {
  const { points, view, width, height, colourOf, shown, selected, small, accent, edge } = drawn;
  context.clearRect(0, 0, width, height);
  const placeOf = (row: number): Point => ({
    x: points[2 * row] * view.scale + view.left,
    y: points[2 * row + 1] * view.scale + view.top,
  });
  const inSight: (Point & { row: number })[] = [];
  for (let row = 0; 2 * row < points.length; row++) {
    const { x, y } = placeOf(row);
    if (x > -SMALL && y > -SMALL && x < width + SMALL && y < height + SMALL) inSight.push({ row, x, y });
  }
  const asPictures = inSight.length <= MOST_PICTURES;
  const taken = new Set<string>();
  for (const { row, x, y } of inSight) {
    const faint = shown !== null && !shown.has(row);
    const isSelected = selected.has(row);
    const tone = isSelected ? accent : colourOf(row);
    context.globalAlpha = faint ? 0.15 : asPictures ? 1 : 0.8;
    // One picture a place of its size: the others stay points until there is room.
    const place = `${Math.floor(x / SMALL)} ${Math.floor(y / SMALL)}`;
    const picture = asPictures && !faint && !taken.has(place) ? small.peek(row) : null;
    if (picture) {
      taken.add(place);
      context.drawImage(picture, x - SMALL / 2, y - SMALL / 2, SMALL, SMALL);
      context.strokeStyle = tone;
      context.lineWidth = isSelected ? 4 : 2;
      context.strokeRect(x - SMALL / 2, y - SMALL / 2, SMALL, SMALL);
    } else {
      context.fillStyle = tone;
      context.beginPath();
      context.arc(x, y, isSelected ? RADIUS + 1.5 : RADIUS, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
  for (const row of drawn.marked) {
    const { x, y } = placeOf(row);
    for (const [tone, line] of [[edge, 6] as const, [accent, 3] as const]) {
      context.strokeStyle = tone;
      context.lineWidth = line;
      context.strokeRect(x - SMALL / 2 - 4, y - SMALL / 2 - 4, SMALL + 8, SMALL + 8);
    }
  }
  if (drawn.lasso.length > 1) drawLasso(context, drawn.lasso, accent);
}

function drawLasso(context: CanvasRenderingContext2D, [first, ...others]: readonly Point[], accent: string): void {
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of others) context.lineTo(x, y);
  context.closePath();
  context.globalAlpha = 0.15;
  context.fillStyle = accent;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = accent;
  context.lineWidth = 1.5;
  context.stroke();
}
