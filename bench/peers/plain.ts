import { recipeFor } from '../../src/core/presets';
import { Draws } from '../../src/core/random';
import { CosineIndex } from '../../src/evaluate/nearest';
import { augmentBatch } from '../../src/learn/augment/views';
import type { Opener } from '../work';

/** Plain JavaScript on the thread it is asked on, as the app does it. */
export const openPlain = async (): Promise<Opener> => (task) => {
  if (task.row === 'augment') {
    const { side, batch } = task;
    const stored = Math.round(1.25 * side);
    const draws = new Draws({ seed: 1, purpose: 'sample' });
    const pixels = Uint8Array.from({ length: batch * stored * stored * 3 }, () => draws.integer(256));
    const rows = Int32Array.from({ length: batch }, (_, i) => i);
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
    const values = Float32Array.from({ length: count * dim }, (_, i) => Math.sin(i * 12.9898) % 1);
    return {
      async open() {
        const index = new CosineIndex(values, count, dim, { inPlace: true });
        const queries = Int32Array.from({ length: batch }, (_, i) => (i * 997) % count);
        const run = async () =>
          batch === 1 ? index.nearest(0, k)[0].similarity : index.nearestOfRows(queries, k).similarities[0];
        return { run, bytesHeld: () => values.byteLength };
      },
    };
  }
  return null;
};
