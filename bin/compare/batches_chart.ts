import { type ComparisonRow, type ComparisonTable, columnWords } from '../../src/core/comparison/table';
import { xmlText } from '../../src/core/formats/xml';

// Quality against batch as an SVG file: one small chart a measure, batches on a logarithmic axis, shares from 0 to 1.

const [WIDTH, HEIGHT] = [360, 240];
const MARGIN = { left: 48, right: 16, top: 44, bottom: 44 };
const COLOURS = ['#b3261e', '#1f6fb5', '#4d7a1c', '#7a4a94'];

interface Point {
  batch: number;
  value: number;
  low: number;
  high: number;
}

interface Series {
  name: string;
  points: Point[];
}

function pointOf({ batch, cells }: ComparisonRow, column: number): Point[] {
  const cell = cells[column];
  if (batch === null || !cell || !Number.isFinite(cell.value)) return [];
  const { value, interval } = cell;
  return [{ batch, value, low: interval?.low ?? value, high: interval?.high ?? value }];
}

/** Runs of one method are one series. */
function seriesOf({ rows }: ComparisonTable, column: number, methods: ReadonlyMap<string, string>): Series[] {
  const names = [...new Set(rows.flatMap(({ id }) => methods.get(id) ?? []))];
  return names.map((name) => ({
    name,
    points: rows
      .filter(({ id }) => methods.get(id) === name)
      .flatMap((row) => pointOf(row, column))
      .sort((a, b) => a.batch - b.batch),
  }));
}

function panel(title: string, series: readonly Series[], levels: readonly { name: string; value: number }[]): string {
  const batches = [...new Set(series.flatMap(({ points }) => points.map(({ batch }) => batch)))].sort((a, b) => a - b);
  const [first, last] = [Math.log2(batches[0] ?? 1), Math.log2(batches.at(-1) ?? 2)];
  const [left, right, top, bottom] = [MARGIN.left, WIDTH - MARGIN.right, MARGIN.top, HEIGHT - MARGIN.bottom];
  const x = (batch: number): string =>
    (left + 8 + ((right - left - 16) * (Math.log2(batch) - first)) / Math.max(1, last - first)).toFixed(1);
  const y = (share: number): string => (bottom - (bottom - top) * Math.min(1, Math.max(0, share))).toFixed(1);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${left}" x2="${right}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/><text x="${left - 6}" y="${y(share)}" dy="4" text-anchor="end">${100 * share} %</text>`,
  );
  const ticks = batches.map((batch) => `<text x="${x(batch)}" y="${bottom + 16}" text-anchor="middle">${batch}</text>`);
  const baselines = levels.map(
    ({ name, value }) =>
      `<line x1="${left}" x2="${right}" y1="${y(value)}" y2="${y(value)}" stroke="#777" stroke-dasharray="4 3"/><text x="${right}" y="${y(value)}" dy="-4" text-anchor="end" fill="#555">${xmlText(name)}</text>`,
  );
  const drawn = series.map(({ points }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const line = points.map(({ batch, value }) => `${x(batch)},${y(value)}`).join(' ');
    const marks = points.map(
      ({ batch, value, low, high }) =>
        `<line x1="${x(batch)}" x2="${x(batch)}" y1="${y(low)}" y2="${y(high)}"/><circle cx="${x(batch)}" cy="${y(value)}" r="3.5" fill="${colour}"/>`,
    );
    // What was tried at one batch is a level for all the others.
    const level =
      points.length === 1
        ? `<line x1="${left}" x2="${right}" y1="${y(points[0].value)}" y2="${y(points[0].value)}" stroke-opacity="0.4"/>`
        : '';
    return `<g stroke="${colour}" stroke-width="1.5">${level}<polyline points="${line}" fill="none"/>${marks.join('')}</g>`;
  });
  const legend = series.map(
    ({ name }, i) =>
      `<circle cx="${left + 6 + 110 * i}" cy="30" r="3.5" fill="${COLOURS[i % COLOURS.length]}"/><text x="${left + 14 + 110 * i}" y="34">${xmlText(name)}</text>`,
  );
  return [
    `<text x="${left}" y="16" font-weight="bold">${xmlText(title)}</text>`,
    ...[...legend, ...grid, ...ticks, ...baselines, ...drawn],
    `<text x="${(left + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">pictures a step</text>`,
  ].join('\n');
}

/** The untrained encoder is the level that training has to leave behind. */
const LEVEL = 'untrained encoder';

/**
 * Each measure of the table against the batch, with 95 % intervals; the dashed line is the encoder before any training.
 * @param methods what each run was trained by: run id -> method
 */
export function batchesSvg(table: ComparisonTable, methods: ReadonlyMap<string, string>): string {
  const panels = table.columns.map((column, place) => {
    const value = table.rows.find(({ id }) => id === LEVEL)?.cells[place]?.value;
    const levels = value === undefined || !Number.isFinite(value) ? [] : [{ name: LEVEL, value }];
    const body = panel(columnWords(column), seriesOf(table, place, methods), levels);
    return `<g transform="translate(${place * WIDTH} 0)">${body}</g>`;
  });
  const width = WIDTH * Math.max(1, panels.length);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>\n${panels.join('\n')}\n</svg>\n`;
}
