import { xmlText } from '../../../core/formats/xml';
import type { PointColours } from './pointColours';
import { fitted } from './viewport';

const WIDTH = 1200;
const HEIGHT = 900;
const LINE = 20;

/** The map as a drawing: a circle for each point [count, 2] that is shown, grouped by colour, and what the colours mean. */
export function mapSvg(points: Float32Array, { of, legend }: PointColours): string {
  const { scale, left, top } = fitted(points, WIDTH, HEIGHT);
  const groups = new Map<string, string[]>();
  for (let row = 0; 2 * row < points.length; row++) {
    const [x, y] = [points[2 * row] * scale + left, points[2 * row + 1] * scale + top];
    if (Number.isNaN(x)) continue;
    const circles = groups.get(of(row)) ?? [];
    groups.set(of(row), circles);
    circles.push(`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3"/>`);
  }
  const drawn = [...groups].map(([colour, circles]) => `<g fill="${xmlText(colour)}">${circles.join('')}</g>`);
  const words = legend.map(({ name, colour }, at) => {
    const y = HEIGHT + LINE * (at + 0.5);
    return `<circle cx="20" cy="${y - 4}" r="5" fill="${xmlText(colour)}"/><text x="32" y="${y}">${xmlText(name)}</text>`;
  });
  const height = HEIGHT + LINE * (legend.length + 1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...drawn,
    `<g font-family="sans-serif" font-size="14">${words.join('')}</g>`,
    '</svg>\n',
  ].join('\n');
}
