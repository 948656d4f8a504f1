import { expect, test } from 'vitest';
import { Draws } from '../../core/random';
import { CosineIndex } from '../nearest';
import { allRows } from '../sample';
import { pairing } from './all_pairs';

test('made in pieces, the nearest of each row are those that the loop finds, and the share that is done rises', () => {
  const [count, dim] = [301, 2048];
  const draws = new Draws({ seed: 6, purpose: 'sample' });
  const index = new CosineIndex(
    Float32Array.from({ length: count * dim }, () => draws.normal()),
    count,
    dim,
  );
  const shares: number[] = [];
  const work = pairing(index.unit, 5);
  let step = work.next();
  for (; !step.done; step = work.next()) shares.push(step.value);
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  expect(step.value.rows).toEqual(index.nearestOfRows(allRows(count), 5).rows);
});
