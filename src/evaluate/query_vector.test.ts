import { expect, test } from 'vitest';
import { meanDirection, NEGATIVE_SHARE, queryVector } from './query_vector';

const [east, north] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
const like = (direction: Float32Array) => ({ direction, unlike: false });
const unlike = (direction: Float32Array) => ({ direction, unlike: true });

test('one example is itself, two are the direction between them, however many rows stand for one', () => {
  expect(queryVector([like(east)])).toEqual(east);
  const between = queryVector([like(east), like(north)]);
  expect(between[0]).toBeCloseTo(Math.SQRT1_2, 6);
  expect(between[1]).toBeCloseTo(Math.SQRT1_2, 6);
  const rows = { values: Float32Array.of(1, 0, 0, 1, 1, 0), count: 3, dim: 2 };
  expect(meanDirection(rows, [0, 2])).toEqual(east);
  expect(meanDirection(rows, [0, 1])[1]).toBeCloseTo(Math.SQRT1_2, 6);
});

test('a negative example turns the query away from it, and several no further than one', () => {
  const length = Math.hypot(1, NEGATIVE_SHARE);
  for (const negatives of [[unlike(north)], [unlike(north), unlike(north)]]) {
    const query = queryVector([like(east), ...negatives]);
    expect(query[0]).toBeCloseTo(1 / length, 6);
    expect(query[1]).toBeCloseTo(-NEGATIVE_SHARE / length, 6);
  }
  expect(queryVector([unlike(east)])[0]).toBeCloseTo(-1, 6);
});
