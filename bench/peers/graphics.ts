import { recipeFor } from '../../src/core/presets';
import type { Graphics } from '../../src/engine/graphics';
import { createAugmenter } from '../../src/engine/plan/augment/augmenter';
import { createNearest } from '../../src/engine/plan/nearest';
import { drawTable } from '../../src/learn/augment/table';
import { MEAN, STD } from '../../src/learn/augment/views';
import { embeddingsFor, pixelsFor, queriesFor, rowNumbers } from '../material';
import type { Task, Work } from '../work';

type Of<Row extends Task['row']> = Extract<Task, { row: Row }>;

/** Both views of a batch drawn on the host and made on the GPU, read back so that nothing is left to do. */
export async function augmentOnGpu({ device, lost }: Graphics, { side, batch }: Of<'augment'>): Promise<Work> {
  const { pixels, stored } = pixelsFor({ side, batch });
  const recipe = recipeFor('natural', side, 'moco-v2');
  const sigma = recipe.blur.probability > 0 ? recipe.blur.sigma[1] : 0;
  const shape = {
    pictures: batch,
    storedSide: stored,
    side,
    sigma,
    noise: recipe.noise > 0,
    mean: MEAN,
    deviation: STD,
  };
  const augmenter = await createAugmenter(device, shape, lost);
  let step = 0;
  const run = async () => {
    const keys = ([0, 1] as const).map((view) => ({ seed: 0, purpose: 'view', step, view }) as const);
    step++;
    const { query } = await augmenter.read(pixels, drawTable(stored, rowNumbers(batch), keys, side, recipe));
    return query[0];
  };
  return { run, bytesHeld: () => augmenter.bytes, dispose: () => augmenter.dispose() };
}

/** The exhaustive search by a product and a top-k on the GPU. */
export async function searchOnGpu({ device, software }: Graphics, task: Of<'search'>): Promise<Work> {
  const { count, dim, k, batch } = task;
  const rows = unitRows(embeddingsFor({ count, dim }), dim);
  const nearest = await createNearest(device, rows, dim, { cut: software ? 'direct' : 'tiled' });
  const asked = queriesFor({ count, batch });
  const queries = Float32Array.from(
    { length: batch * dim },
    (_, i) => rows[asked[Math.floor(i / dim)] * dim + (i % dim)],
  );
  const run = async () => (await nearest.find(queries, k, asked)).similarities[0];
  return { run, bytesHeld: () => rows.byteLength, dispose: () => void nearest.dispose() };
}

function unitRows(rows: Float32Array, dim: number): Float32Array {
  for (let row = 0; row < rows.length; row += dim) {
    const length = Math.hypot(...rows.subarray(row, row + dim));
    for (let i = row; i < row + dim; i++) rows[i] /= length;
  }
  return rows;
}
