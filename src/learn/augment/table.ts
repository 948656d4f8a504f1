import type { Recipe } from '../../core/config';
import { choicesTable } from '../../engine/plan/augment/table';
import { drawView } from './draw';
import type { ViewKey } from './views';

/**
 * What `augmentBatch` draws for these rows, drawn for the GPU instead: the table of all rows' views by the first key, then
 * by the next.
 */
export function drawTable(
  storedSide: number,
  rows: ArrayLike<number>,
  keys: readonly ViewKey[],
  side: number,
  recipe: Recipe,
): Uint32Array<ArrayBuffer> {
  const choices = keys.flatMap((key) =>
    Array.from(rows, (image) => {
      const { view, draws } = drawView({ ...key, image }, storedSide, recipe);
      return { ...view, greyFirst: recipe.greyFirst, random: draws.place() };
    }),
  );
  return choicesTable(choices, side);
}
