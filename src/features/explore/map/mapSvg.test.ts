import { expect, test } from 'vitest';
import { mapSvg } from './mapSvg';
import { pointColours } from './pointColours';

test('every picture that is shown is a circle in the group of its colour, and names are text', () => {
  const points = Float32Array.of(0, 0, 10, 0, Number.NaN, Number.NaN, 10, 8);
  const values = ['<owls & "ducks">', 'geese', 'geese', 'geese'];
  const svg = mapSvg(points, pointColours({ kind: 'class', name: 'mine', values }, 'red'));
  const groups = [...svg.matchAll(/<g fill="([^"]+)">(.*)<\/g>/g)].map(([, colour, circles]) => [
    colour,
    circles.split('<circle').length - 1,
  ]);
  expect(groups).toEqual([
    ['#f28e2b', 1],
    ['#4e79a7', 2],
  ]);
  expect(svg).toContain('>&#60;owls &#38; &#34;ducks&#34;&#62;</text>');
});
