import type { Viewport } from '../../../widgets/zoom/zoom';

interface Points {
  /** [count, 2]; not a number for those that are hidden. */
  points: Float32Array;
  view: Viewport;
  /** [count]: colours as `tonesOf` gives them. */
  tones: Uint32Array;
  /** Rows that stand out; the others are faint. Null: all do. */
  shown: ReadonlySet<number> | null;
  selected: ReadonlySet<number>;
  /** Of those selected. */
  accent: string;
}

/** Pixels of a screen, around the middle of a point, with how much of each it covers. */
type Disc = readonly { x: number; y: number; alpha: number }[];

const FAINT = 0.15;
const PLAIN = 0.8;

let kept: ImageData | null = null;

/** A colour as a pixel of a canvas, without its alpha. */
function toneOf(colour: string): number {
  const context = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (blue << 16) | (green << 8) | red;
}

/** The colour of each row as a pixel: [count]. */
export function tonesOf(count: number, colourOf: (row: number) => string): Uint32Array {
  const known = new Map<string, number>();
  return Uint32Array.from({ length: count }, (_, row) => {
    const colour = colourOf(row);
    const tone = known.get(colour) ?? toneOf(colour);
    known.set(colour, tone);
    return tone;
  });
}

function discOf(radius: number, opacity: number): Disc {
  const reach = Math.ceil(radius);
  const side = Array.from({ length: 2 * reach + 1 }, (_, at) => at - reach);
  return side
    .flatMap((y) => side.map((x) => ({ x, y, alpha: Math.min(1, radius + 0.5 - Math.hypot(x, y)) })))
    .filter(({ alpha }) => alpha > 0)
    .map(({ x, y, alpha }) => ({ x, y, alpha: Math.round(255 * opacity * alpha) }));
}

/**
 * Draws points pixel by pixel, in place of all that is there: as paths 100,000 of them would take far longer than a frame. Those
 * that stand out come last; where many lie together they are denser.
 * @param radius in pixels of the canvas, as all that is here
 */
export function drawPoints(
  context: CanvasRenderingContext2D,
  { points, view, tones, shown, selected, accent }: Points,
  radius: number,
): void {
  const { width, height } = context.canvas;
  if (kept?.width !== width || kept.height !== height) kept = context.createImageData(width, height);
  const pixels = new Uint32Array(kept.data.buffer).fill(0);
  const put = (row: number, tone: number, disc: Disc): void => {
    const [left, top] = [points[2 * row] * view.scale + view.left, points[2 * row + 1] * view.scale + view.top];
    if (!(left >= -radius && top >= -radius && left < width + radius && top < height + radius)) return;
    for (const { x, y, alpha } of disc) {
      const [column, line] = [Math.round(left) + x, Math.round(top) + y];
      if (column < 0 || line < 0 || column >= width || line >= height) continue;
      const at = line * width + column;
      pixels[at] = tone | (Math.min(255, (pixels[at] >>> 24) + alpha) << 24);
    }
  };
  const [faint, plain] = [discOf(radius, FAINT), discOf(radius, PLAIN)];
  if (shown) for (let row = 0; row < tones.length; row++) if (!shown.has(row)) put(row, tones[row], faint);
  for (let row = 0; row < tones.length; row++) if (shown?.has(row) ?? true) put(row, tones[row], plain);
  const [chosen, tone] = [discOf(1.5 * radius, 1), toneOf(accent)];
  for (const row of selected) put(row, tone, chosen);
  context.putImageData(kept, 0, 0);
}
