import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { HeatMap } from './HeatMap';

test('one place of a coarse map stands out where it lies, however much the others add', async () => {
  // 8 x 8 places, as of a view of 32 pixels: a haze would cover the picture.
  const map = Float32Array.from({ length: 64 }, (_, i) => (i === 18 ? 1 : 0.25));
  const box = document.body.appendChild(document.createElement('div'));
  const root = createRoot(box);
  root.render(<HeatMap label="Where" height={8} width={8} map={map} strongest={1} />);
  await expect.poll(() => alphaAt(box, 2, 2)).toBeGreaterThan(150);
  for (const [row, column] of [
    [0, 0],
    [2, 5],
    [5, 2],
    [7, 7],
  ])
    expect(alphaAt(box, row, column)).toBeLessThan(20);
  root.unmount();
  box.remove();
});

/** Opacity, of 255, in the middle of a place of the map. */
function alphaAt(box: Element, row: number, column: number): number {
  const canvas = box.querySelector('canvas');
  const side = (canvas?.width ?? 0) / 8;
  const context = canvas?.getContext('2d');
  return context?.getImageData(side * (column + 0.5), side * (row + 0.5), 1, 1).data[3] ?? 0;
}
