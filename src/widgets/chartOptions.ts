import type uPlot from 'uplot';
import type { Curve, Picture } from './Chart';
import { colour } from './colours';

interface Wanted {
  width: number;
  height: number;
  small: boolean;
  curves: Curve[];
  /** Changed in place by the chart before it draws. */
  marks: Required<Pick<Picture, 'levels' | 'spans'>>;
  range: () => readonly [number | null, number | null];
  span: () => number;
  format: (value: number) => string;
  formatX: (value: number) => string;
  /** 'Step' */
  nameX: string;
  /** Shows words on what is under the pointer; '' for nothing. */
  say: (words: string) => void;
}

const FONT = '11px system-ui, sans-serif';

/** uPlot's options in our style. Colours are functions, so that a redraw after a change of theme takes the new ones. */
export function chartOptions(wanted: Wanted): uPlot.Options {
  const { width, height, small, curves, marks, format, formatX, say } = wanted;
  return {
    width,
    height,
    padding: small ? [6, 14, 0, 0] : [10, 16, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 6, stroke: (_, i) => colour(curves[i - 1].colour), fill: () => colour('--panel') },
    },
    scales: {
      x: { time: false, range: (_, low, high) => [low, Math.max(high, low + 1)] },
      y: {
        range: (_, low, high) =>
          yRange([low, high, ...marks.levels.map(({ y }) => y)], wanted, marks.levels.length > 0),
      },
    },
    axes: [
      axis(formatX, small ? 22 : 28, small ? 80 : 60, false),
      axis(format, small ? 40 : 44, small ? 28 : 36, true),
    ],
    series: [{}, ...curves.map(series)],
    hooks: {
      drawClear: [(plot) => drawSpans(plot, marks.spans)],
      draw: [(plot) => drawLevels(plot, marks.levels)],
      setCursor: [(plot) => say(underPointer(plot, wanted))],
    },
  };
}

function axis(format: (value: number) => string, size: number, space: number, grid: boolean): uPlot.Axis {
  return {
    stroke: () => colour('--ink-2'),
    font: FONT,
    size,
    space,
    gap: 4,
    grid: { show: grid, stroke: () => colour('--line'), width: 1 },
    ticks: { show: !grid, stroke: () => colour('--line'), width: 1, size: 4 },
    values: (_, values) => values.map((value) => (grid || Number.isInteger(value) ? format(value) : '')),
  };
}

const series = ({ label, colour: property, width = 1.5, dash, marked = false }: Curve): uPlot.Series => ({
  label,
  stroke: () => colour(property),
  width,
  dash,
  spanGaps: marked,
  points: { show: marked, size: 5, fill: () => colour(property) },
});

/** Holds all values with a little air, more where a level's label needs it; a given end is kept as it is. */
function yRange(
  known: (number | null)[],
  { range, span }: Pick<Wanted, 'range' | 'span'>,
  labelled: boolean,
): [number, number] {
  const values = known.filter((value) => value !== null);
  const low = values.length > 0 ? Math.min(...values) : 0;
  const high = values.length > 0 ? Math.max(...values) : 1;
  const more = Math.max(0, span() - (high - low));
  const least = low - Math.min(more / 2, Math.max(0, low));
  const most = high + more - (low - least);
  const air = (most - least || Math.abs(most) || 1) * (labelled ? 0.14 : 0.08);
  const [bottom, top] = range();
  return [bottom ?? least - air, top ?? most + air];
}

function drawSpans({ ctx, bbox, valToPos, scales }: uPlot, spans: Required<Picture>['spans']): void {
  const { min = 0, max = 0 } = scales.x;
  if (min === null || max === null) return;
  ctx.save();
  ctx.textAlign = 'left';
  for (const { from, to, label } of spans) {
    const left = valToPos(Math.max(from, min), 'x', true);
    const right = valToPos(Math.min(to, max), 'x', true);
    if (!(right > left)) continue;
    ctx.fillStyle = colour('--chart-span');
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    // Beside the stretch where it is too narrow for the word.
    ctx.font = `${scaled(11)}px system-ui, sans-serif`;
    const inside = ctx.measureText(label).width < right - left - scaled(12);
    write(ctx, label, (inside ? left : right) + scaled(6), bbox.top + bbox.height - scaled(6), '--ink-2', bbox.width);
  }
  ctx.restore();
}

function drawLevels({ ctx, bbox, valToPos }: uPlot, levels: Required<Picture>['levels']): void {
  ctx.save();
  for (const { y, label, colour: property } of levels) {
    const at = Math.round(valToPos(y, 'y', true)) + 0.5;
    ctx.strokeStyle = colour(property);
    ctx.lineWidth = scaled(1);
    ctx.setLineDash([scaled(4), scaled(4)]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, at);
    ctx.lineTo(bbox.left + bbox.width, at);
    ctx.stroke();
    ctx.textAlign = 'right';
    // Above its line, or below where there is no room above.
    const above = at - bbox.top > scaled(18);
    write(
      ctx,
      label,
      bbox.left + bbox.width - scaled(4),
      above ? at - scaled(4) : at + scaled(17),
      property,
      bbox.width,
    );
  }
  ctx.restore();
}

const scaled = (pixels: number): number => pixels * devicePixelRatio;

/** Words on the canvas, legible also where a curve crosses them; none that would not fit. */
function write(
  ctx: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  property: string,
  room: number,
): void {
  ctx.font = `${scaled(11)}px system-ui, sans-serif`;
  ctx.textBaseline = 'bottom';
  if (ctx.measureText(words).width > room) return;
  ctx.setLineDash([]);
  ctx.lineJoin = 'round';
  ctx.lineWidth = scaled(4);
  ctx.strokeStyle = colour('--panel');
  ctx.strokeText(words, x, y);
  ctx.fillStyle = colour(property);
  ctx.fillText(words, x, y);
}

function underPointer(plot: uPlot, { curves, format, formatX, nameX }: Wanted): string {
  const { idx } = plot.cursor;
  if (idx === null || idx === undefined || (plot.cursor.left ?? -1) < 0) return '';
  const values = curves.flatMap(({ label }, i) => {
    const value = plot.data[i + 1][idx];
    return value === null || value === undefined || Number.isNaN(value) ? [] : [`${label} ${format(value)}`];
  });
  return values.length === 0 ? '' : `${nameX} ${formatX(plot.data[0][idx])}: ${values.join(', ')}`;
}
