import { expect, test } from 'vitest';
import { Slot } from '../../compiled/slot';
import type { Command } from '../lower/command';
import { Pace } from './pace';

/** So many commands that take as long as each other: 1e9 operations, and next to no bytes. */
const alike = (count: number): Command[] => {
  const y = ['f32', new Slot('y', 4)] as const;
  const dispatch = { type: 'dispatch', label: 'product', reads: {}, writes: { y: [y[1], y[0]] }, body: '' } as const;
  return Array.from({ length: count }, () => ({ ...dispatch, flops: 1e9 }));
};

/** A clock that is set by hand. */
function paced(commands: readonly Command[]) {
  const clock = { time: 0 };
  const pace = new Pace(commands, () => clock.time);
  const run = (milliseconds: number) => {
    const end = pace.begin();
    clock.time += milliseconds;
    end();
  };
  return { clock, pace, run };
}
const lengths = ({ submits }: Pace): number[] => submits.map(([begin, end]) => end - begin);

test('a run of n equal commands that takes t ms goes in submits of floor(30 n / t) commands', () => {
  for (const [count, time] of [
    [60, 300],
    [60, 610],
    [7, 100],
    [40, 29],
  ]) {
    const { pace, run } = paced(alike(count));
    run(time);
    const each = Math.min(count, Math.floor((30 * count) / time));
    const full = Array.from({ length: Math.floor(count / each) }, () => each);
    expect(lengths(pace)).toEqual([...full, ...(count % each > 0 ? [count % each] : [])]);
    expect(Math.max(...lengths(pace)) * (time / count)).toBeLessThanOrEqual(30);
  }
});

test('before a run is timed the card counts as slow, after four the least of their times stays', () => {
  const { pace, run } = paced(alike(60));
  // 10 ms a command.
  expect(lengths(pace)[0]).toBe(2);
  run(300);
  expect(pace.submits).toHaveLength(10);
  run(900);
  expect(pace.submits).toHaveLength(10);
  run(60);
  run(70);
  expect(pace.submits).toHaveLength(2);
  run(5);
  expect(pace.submits).toHaveLength(2);
});

test('a run that waits for the one before it is timed from that one’s end', () => {
  const { clock, pace } = paced(alike(60));
  const [first, second] = [pace.begin(), pace.begin()];
  clock.time = 400;
  first();
  clock.time = 500;
  second();
  expect(pace.submits).toHaveLength(4);
});

test('a command that takes longer alone is a submit of its own, and a program without commands is none', () => {
  const { pace, run } = paced(alike(3));
  run(300);
  expect(lengths(pace)).toEqual([1, 1, 1]);
  expect(paced([]).pace.submits).toEqual([]);
});
