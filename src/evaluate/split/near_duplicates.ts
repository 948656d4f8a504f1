import { fillTile, product, TILE, tileProducts } from '../products';
import { type Rows, unitRows } from '../rows';
import { allRows } from '../sample';
import { SMALL } from '../shrink';
import type { Work } from '../work';

/**
 * Cosine of raw pixels above which two pictures count as the same one saved twice. Measured on five sets: it joins
 * rescaled and recompressed copies and nothing else; at .97 drawings on white begin to join by their background.
 */
export const NEAR = 0.99;

const BLOCK = 4;
const COARSE = SMALL / BLOCK;

/**
 * Coordinates of pictures [count, 32 x 32 x 3] along the constant pictures on blocks of 4 x 4 pixels, [count, 192]. An
 * orthonormal projection: two pictures are never farther apart in it than they are.
 */
function coarse({ values, count, dim }: Rows): Rows {
  const out = { values: new Float32Array(count * COARSE * COARSE * 3), count, dim: COARSE * COARSE * 3 };
  for (let row = 0; row < count; row++)
    for (let i = 0; i < dim; i++) {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      const block = Math.floor(pixel / SMALL / BLOCK) * COARSE + Math.floor((pixel % SMALL) / BLOCK);
      out.values[row * out.dim + block * 3 + channel] += values[row * dim + i] / BLOCK;
    }
  return out;
}

/**
 * All pairs of pictures whose raw pixels (the rows of `rawPixels`, [count, 3072]) have a cosine above `threshold`. At
 * length 1 such pairs are less than sqrt(2 - 2 threshold) apart, so those farther apart than that in the coarse
 * projection, which are nearly all, need no exact product: exhaustive at a sixteenth of the work.
 */
export function* nearDuplicates(pixels: Rows, threshold = NEAR): Work<(readonly [number, number])[]> {
  const unit = unitRows(pixels);
  const few = coarse(unit);
  const squares = Float64Array.from(allRows(few.count), (row) => product(few, row, row));
  const reach = 2 - 2 * threshold + 1e-5; // single precision
  const pairs: (readonly [number, number])[] = [];
  const tile = new Float64Array(few.dim * TILE);
  const out = new Float64Array(few.count * TILE);
  const numbers = allRows(few.count);
  for (let from = 0; from < few.count; from += TILE) {
    const before = { ...few, count: Math.min(from + TILE, few.count) };
    fillTile(tile, few, numbers, from);
    tileProducts(before, tile, out);
    for (let row = from; row < before.count; row++)
      for (let other = 0, at = (row - from) * before.count; other < row; other++, at++)
        if (squares[row] + squares[other] - 2 * out[at] <= reach && product(unit, row, other) > threshold)
          pairs.push([other, row]);
    if (from % 256 === 0) yield (from / few.count) ** 2;
  }
  return pairs;
}
