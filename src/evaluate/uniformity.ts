import type { Measure } from '../core/records';
import { fillTile, TILE, tileProducts } from './products';
import { pickRows, type Rows, unitRows } from './rows';
import { allRows, sampledWords, sampleRows } from './sample';

const SHARPNESS = 2;

/**
 * log of the mean over pairs of exp(-t |x - y|^2) of unit rows, t = 2: 0 when collapsed, about -3.94 when spread evenly
 * over the sphere in 128 columns. Wang & Isola 2020, equation 2. Takes all pairs of at most `most` rows, half as
 * many where there are more than 512 columns.
 */
export function uniformity(rows: Rows, most = 1024, seed = 0): Measure {
  const taken = sampleRows(allRows(rows.count), rows.dim > 512 ? most >> 1 : most, seed);
  const unit = unitRows(pickRows(rows, taken), true);
  const numbers = allRows(unit.count);
  const tile = new Float64Array(unit.dim * TILE);
  const cosines = new Float64Array(unit.count * TILE);
  let total = 0;
  for (let from = 0; from < unit.count; from += TILE) {
    const before = { ...unit, count: Math.min(from + TILE, unit.count) }; // each pair once
    fillTile(tile, unit, numbers, from);
    tileProducts(before, tile, cosines);
    for (let row = from; row < before.count; row++)
      for (let other = 0; other < row; other++)
        total += Math.exp(-2 * SHARPNESS * (1 - cosines[(row - from) * before.count + other]));
  }
  return {
    name: 'uniformity',
    value: Math.log(total / ((unit.count * (unit.count - 1)) / 2)),
    protocol: `Log of the mean of exp(-${SHARPNESS} x squared distance) over all pairs of ${sampledWords(unit.count, rows.count, 'pictures').replace('all ', '')} at length 1: 0 is collapsed, lower is more even.`,
  };
}
