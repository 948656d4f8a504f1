import { expect, test } from 'vitest';
import { TimeLeft } from './timeLeft';

/** What is told of a task of 100 s, asked every second; `done(t)` is the share at second t. */
function told(done: (second: number) => number): number[] {
  const left = new TimeLeft();
  const seconds = Array.from({ length: 100 }, (_, second) => left.next(done(second), 1000 * second));
  return seconds.filter((value) => value !== null);
}

test('a steady task is counted down exactly', () => {
  expect(told((t) => t / 100)).toEqual(Array.from({ length: 95 }, (_, i) => expect.closeTo(95 - i, 6)));
});

test('an uneven pace never lets it grow', () => {
  const seconds = told((t) => Math.min(1, (t + 0.5 * Math.sin(t)) / 101));
  for (const [i, value] of seconds.entries()) expect(value).toBeLessThanOrEqual(seconds[i - 1] ?? value);
});

test('a task that becomes ten times slower is told so', () => {
  const seconds = told((t) => (t < 20 ? t / 25 : 0.8 + (t - 20) / 500));
  expect(Math.max(...seconds.slice(20))).toBeGreaterThan(20);
});

test('nothing is told of a task that stands still', () => {
  expect(told(() => 0.5)).toEqual([]);
});
