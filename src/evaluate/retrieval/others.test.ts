import { describe, expect, it, vi } from 'vitest';
import { Draws } from '../../core/random';
import { labelledRows } from '../labels';
import { CosineIndex, Places } from '../nearest';
import { allRows } from '../sample';
import { finish } from '../work';
import { nearestOthers } from './others';
import { retrievalMeasures } from './retrieval';

const draws = new Draws({ seed: 4, purpose: 'sample' });

describe('the nearest others', () => {
  it.each([5, 64, 65, 149, 200])(
    'of k %i are those of the list kept in order, with equals, zeros and no numbers',
    (k) => {
      const [count, dim] = [150, 3];
      const values = Float32Array.from({ length: count * dim }, () => Math.round(draws.normal()));
      values[3 * 7] = Number.NaN;
      const queries = allRows(count).filter((row) => row % 3 !== 1);
      const right = new CosineIndex(values, count, dim).nearestOfRows(queries, k);
      const found = finish(nearestOthers({ values, count, dim }, queries, k));
      expect(found).toEqual(right);
    },
  );

  it.each([5, 65])('of k %i, those of the own unit left out, are the first of the rest', (k) => {
    const [count, dim] = [150, 3];
    const values = Float32Array.from({ length: count * dim }, () => draws.normal());
    const units = Int32Array.from({ length: count }, (_, row) => row % 40);
    const all = new CosineIndex(values, count, dim).nearestOfRows(allRows(count), count);
    const found = finish(nearestOthers({ values, count, dim }, allRows(count), k, units));
    for (let row = 0; row < count; row++) {
      const others = all.rows
        .subarray(row * count, (row + 1) * count - 1)
        .filter((other) => units[other] !== units[row]);
      expect(found.rows.subarray(row * k, (row + 1) * k)).toEqual(others.subarray(0, k));
    }
  });

  it('of a class of thousands are put in order at once, and in pieces between which a cancel takes effect', () => {
    const [count, dim] = [4000, 2];
    const values = Float32Array.from({ length: count * dim }, () => draws.normal());
    const offer = vi.spyOn(Places.prototype, 'offer');
    const labelled = labelledRows(Int32Array.from({ length: count }, (_, row) => row % 2));
    if (!labelled) throw new Error('two classes');
    const work = retrievalMeasures({ values, count, dim }, labelled, 'kind');
    let pieces = 0;
    while (pieces < 20) {
      const { done, value } = work.next();
      expect([done, value]).toEqual([false, expect.any(Number)]);
      pieces++;
    }
    // Offered one by one each would move up to 1,999 others.
    expect(offer).not.toHaveBeenCalled();
    offer.mockRestore();
  });
});
