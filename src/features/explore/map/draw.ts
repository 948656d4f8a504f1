import type { Point, Viewport } from '../../../widgets/zoom/zoom';
import { drawPoints } from './points';
import { SMALL, type SmallPictures } from './smallPictures';

/** With more pictures in sight than this they are drawn as points. */
const MOST_PICTURES = 600;
const RADIUS = 3;
/** Where more points than this are in sight, they are smaller. */
const ROOMY = 5000;
const LEAST_RADIUS = 1.25;

export interface Drawn {
  points: Float32Array;
  view: Viewport;
  /** In CSS pixels. */
  width: number;
  height: number;
  colourOf(row: number): string;
  /** [count]: the same as pixels. */
  tones: Uint32Array;
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
  const { points, view, width, height, accent, edge } = drawn;
  const placeOf = (row: number): Point => ({
    x: points[2 * row] * view.scale + view.left,
    y: points[2 * row + 1] * view.scale + view.top,
  });
  const inSight: number[] = [];
  for (let at = 0; at < points.length; at += 2) {
    const [x, y] = [points[at] * view.scale + view.left, points[at + 1] * view.scale + view.top];
    if (x > -SMALL && y > -SMALL && x < width + SMALL && y < height + SMALL) inSight.push(at / 2);
  }
  if (inSight.length > MOST_PICTURES) {
    const sharp = devicePixelRatio;
    const large = { scale: view.scale * sharp, left: view.left * sharp, top: view.top * sharp };
    const radius = Math.max(LEAST_RADIUS, RADIUS * Math.min(1, Math.sqrt(ROOMY / inSight.length)));
    drawPoints(context, { ...drawn, view: large }, radius * sharp);
  } else {
    context.clearRect(0, 0, width, height);
    drawPictures(context, drawn, inSight, placeOf);
  }
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

/** Those in sight, one picture a place of its size: the others are points until there is room. */
function drawPictures(
  context: CanvasRenderingContext2D,
  { colourOf, shown, selected, small, accent }: Drawn,
  inSight: readonly number[],
  placeOf: (row: number) => Point,
): void {
  const taken = new Set<string>();
  for (const row of inSight) {
    const { x, y } = placeOf(row);
    const faint = shown !== null && !shown.has(row);
    const isSelected = selected.has(row);
    const tone = isSelected ? accent : colourOf(row);
    context.globalAlpha = faint ? 0.15 : 1;
    const place = `${Math.floor(x / SMALL)} ${Math.floor(y / SMALL)}`;
    const picture = !faint && !taken.has(place) ? small.peek(row) : null;
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
