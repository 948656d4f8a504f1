import { expect, test } from 'vitest';
import { lookOf } from './look';

const SIDE = 40;

/** A square by a colour for each place. */
function square(colour: (x: number, y: number) => readonly [number, number, number]): Uint8Array {
  const pixels = Array.from({ length: SIDE * SIDE }, (_, i) => colour(i % SIDE, Math.floor(i / SIDE)));
  return Uint8Array.from(pixels.flat());
}

const inside = (x: number, y: number): boolean => (x - 20) ** 2 + (y - 20) ** 2 < 150;
/** A scene: every place differs. */
const scene = (x: number, y: number) => [(37 * x) % 256, (91 * y) % 256, (53 * (x + y)) % 256] as const;

test.each([
  ['a scene', scene, { grey: false, plain: false }],
  [
    'a grey scene',
    (x: number, y: number) => [(37 * x + 91 * y) % 256, (37 * x + 91 * y) % 256, (37 * x + 91 * y) % 256],
    { grey: true, plain: false },
  ],
  [
    'a red thing on white',
    (x: number, y: number) => (inside(x, y) ? [200, 20, 20] : [250, 250, 250]),
    { grey: false, plain: true },
  ],
  [
    'a digit on black',
    (x: number, y: number) => (inside(x, y) ? [255, 255, 255] : [0, 0, 0]),
    { grey: true, plain: true },
  ],
  [
    'a thing that stands on the lower edge',
    (x: number, y: number) => (y > 20 && Math.abs(x - 20) < 6 ? [20, 90, 20] : [240, 236, 230]),
    { grey: false, plain: true },
  ],
  [
    'a sky above a field',
    (_: number, y: number) => (y < 20 ? [120, 170, 230] : [80, 120, 40]),
    { grey: false, plain: false },
  ],
] as const)('%s', (_, colour, look) => {
  expect(lookOf(square(colour as Parameters<typeof square>[0]), SIDE)).toEqual(look);
});
