import { recipeFor } from '../../src/core/presets';
import { CosineIndex } from '../../src/evaluate/nearest';
import { augmentBatch } from '../../src/learn/augment/views';
import { embeddingsFor, pixelsFor, queriesFor, rowNumbers } from '../material';
import type { Opener } from '../work';

/** Plain JavaScript on the thread it is asked on, as the app does it. */
export const openPlain = async (): Promise<Opener> => (task) => {
  if (task.row === 'augment') {
    const { side, batch } = task;
    const { pixels, stored } = pixelsFor(task);
    const rows = rowNumbers(batch);
    const recipe = recipeFor('natural', side, 'moco-v2');
    let step = 0;
    const views = (view: 0 | 1) =>
      augmentBatch(pixels, stored, rows, { seed: 0, purpose: 'view', step, view }, side, recipe);
    const run = async () => {
      const [query] = [views(0), views(1)];
      step++;
      return query[0];
    };
    return { open: async () => ({ run, bytesHeld: () => pixels.byteLength }) };
  }
  if (task.row === 'search') {
    const { count, dim, k, batch } = task;
    const values = embeddingsFor(task);
    return {
      async open() {
        const index = new CosineIndex(values, count, dim, { inPlace: true });
        const queries = queriesFor(task);
        const run = async () =>
          batch === 1 ? index.nearest(0, k)[0].similarity : index.nearestOfRows(queries, k).similarities[0];
        return { run, bytesHeld: () => values.byteLength };
      },
    };
  }
  return null;
};
