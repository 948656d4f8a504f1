import { expect, test } from 'vitest';
import type { BlindTest } from '../../../core/blind_test';
import { drawQueries, sidesOf, wantedRows } from './questions';

const of = (fields: Partial<BlindTest>): BlindTest => ({
  seed: 1,
  encoders: [
    { id: 'a', step: 0 },
    { id: 'b', step: 0 },
  ],
  view: { refined: true, grouped: false },
  answers: [],
  same: [],
  goal: 10,
  ...fields,
});

test.each([1, 7, 10, 24, 103, 1000])('of %d pictures each is drawn once', (count) => {
  const order = drawQueries(3, count);
  expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(drawQueries(3, count)).toEqual(order);
});

test('every ten queries are one of each tenth of the set; another seed draws others', () => {
  const order = drawQueries(3, 200);
  for (let from = 0; from < 200; from += 10) {
    const tenths = order.slice(from, from + 10).map((row) => Math.floor(row / 20));
    expect(tenths.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  expect(drawQueries(4, 200)).not.toEqual(order);
});

test('in every ten each encoder is shown first in five, in an order that differs from ten to ten', () => {
  const rounds = Array.from({ length: 20 }, (_, round) =>
    Array.from({ length: 10 }, (_, i) => sidesOf(5, 10 * round + i)[0]),
  );
  for (const firsts of rounds) expect(firsts.filter((side) => side === 0)).toHaveLength(5);
  expect(new Set(rounds.map(String)).size).toBeGreaterThan(15);
});

test('asks about what was neither answered nor the same for both, until the goal is reached', () => {
  const order = [4, 2, 0, 3, 1];
  expect(wantedRows(of({}), order, 2)).toEqual([4, 2]);
  const answers = [{ row: 4, preferred: null }];
  expect(wantedRows(of({ answers, same: [2] }), order, 2)).toEqual([0, 3]);
  expect(wantedRows(of({ answers, same: [2], goal: 2 }), order, 2)).toEqual([0]);
  expect(wantedRows(of({ answers, goal: 1 }), order, 2)).toEqual([]);
});

test('an answer that is taken back is asked again first', () => {
  const order = drawQueries(1, 30);
  const answered = of({ answers: order.slice(0, 3).map((row) => ({ row, preferred: 0 })), same: [order[3]] });
  const [last] = answered.answers.slice(-1);
  expect(wantedRows({ ...answered, answers: answered.answers.slice(0, -1) }, order, 2)).toEqual([last.row, order[4]]);
});

test('gives up when ten times as many queries as it wants have nothing to tell apart', () => {
  const order = drawQueries(1, 1000);
  expect(wantedRows(of({ same: order.slice(0, 99) }), order, 1)).toEqual([order[99]]);
  expect(wantedRows(of({ same: order.slice(0, 100) }), order, 1)).toEqual([]);
});
