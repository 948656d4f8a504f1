import { expect, test } from 'vitest';
import { timing } from './watch';

test('what is left follows from how fast the first number grows, anew for each task', () => {
  const timed = timing();
  const line = (done: number): string => `Embedding with InceptionV3: ${done} of 1,000 pictures`;
  expect(timed(line(100), 0)).toBe(line(100));
  expect(timed(line(110), 1000)).toBe(line(110)); // too early to tell
  expect(timed(line(200), 10_000)).toBe(`${line(200)}, about 1 min 20 s left`);
  expect(timed(line(1000), 90_000)).toBe(line(1000));
  const step = (at: number): string => `SimCLR, run 2 of 9: step ${at}/300`;
  expect(timed(step(10), 100_000)).toBe(step(10));
  expect(timed(step(20), 110_000)).toBe(`${step(20)}, about 4 min 40 s left`);
  expect(timed('Saving', 120_000)).toBe('Saving');
});
