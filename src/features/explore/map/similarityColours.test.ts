import { expect, test } from 'vitest';
import { similarityColours } from './similarityColours';

test('what is least similar has the first colour, what is most similar the last, and in between they rise', () => {
  const { of, legend } = similarityColours(Float32Array.from({ length: 400 }, (_, row) => row / 400));
  const [least, most] = legend;
  expect([of(0), of(150), of(399)]).toEqual([least.colour, least.colour, most.colour]);
  const seen = Array.from({ length: 200 }, (_, i) => of(200 + i));
  expect(new Set(seen).size).toBe(5);
  expect(seen.every((colour, i) => i === 0 || colour === seen[i - 1] || !seen.slice(0, i).includes(colour))).toBe(true);
});
