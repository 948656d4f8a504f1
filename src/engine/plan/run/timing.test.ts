import { expect, test } from 'vitest';
import { timeOfOne } from './timing';

/** A device whose clock is rounded to 0.1 ms, and what a batch costs beside its runs. */
const clocked = (each: number, submit = 0) => {
  const batches: number[] = [];
  const measure = async (times: number) => {
    batches.push(times);
    return Math.round(10 * (submit + times * each)) / 10;
  };
  return { batches, measure };
};

test.each([0.0004, 0.0131, 0.7, 9, 40])('%f ms are known within 3 %% from a clock rounded to 0.1 ms', async (each) => {
  const { measure } = clocked(each);
  expect(Math.abs((await timeOfOne(measure)) / each - 1)).toBeLessThan(0.03);
});

test('a kernel that is 10 % slower is told apart, though a submit costs 30 times as much', async () => {
  const [one, other] = [clocked(0.01, 0.3), clocked(0.011, 0.3)];
  expect(await timeOfOne(one.measure)).toBeLessThan(await timeOfOne(other.measure));
});

test('what takes long is not repeated in a batch', async () => {
  const { batches, measure } = clocked(60);
  await timeOfOne(measure);
  expect(batches).toEqual([1, 1, 1, 1]);
});
