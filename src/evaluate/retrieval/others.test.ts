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

  it('of a class of thousands are put in order at once, and in pieces between which a cancel is heard', () => {
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
