import { expect, test } from 'vitest';
import { leftWords, TimeLeft } from './timeLeft';

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

test('an estimate that rises a little is not told, one that rises much is', () => {
  const left = new TimeLeft();
  expect([120, 90, 130, 80, 300].map((estimate) => left.tell(estimate))).toEqual([120, 90, 90, 80, 300]);
});

test('nobody foretells seconds of minutes', () => {
  expect([3, 42, 200].map(leftWords)).toEqual(['nearly done', 'about 40 s left', 'about 3 min left']);
});

test('nothing is told of a task that stands still', () => {
  expect(told(() => 0.5)).toEqual([]);
});
