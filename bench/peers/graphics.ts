import { recipeFor } from '../../src/core/presets';
import type { Graphics } from '../../src/engine/graphics';
import { createPlanExecutor } from '../../src/engine/plan/executor';
import { HARDWARE, SOFTWARE } from '../../src/engine/plan/tune/tuning';
import { CHOICES, PIXELS } from '../../src/engine/views';
import { input } from '../../src/graph/ops/leaves';
import { drawTable } from '../../src/learn/augment/table';
import { madeViews } from '../../src/learn/viewing/device';
import { viewKeys } from '../../src/learn/viewing/draws';
import { pixelsFor, rowNumbers } from '../material';
import type { Task, Work } from '../work';

type Of<Row extends Task['row']> = Extract<Task, { row: Row }>;

/** Both views of a batch drawn on the host and made on the GPU, read back so that nothing is left to do. */
export async function augmentOnGpu(
  { device, software, lost }: Graphics,
  { side, batch }: Of<'augment'>,
): Promise<Work> {
  const { pixels, stored } = pixelsFor({ side, batch });
  const recipe = recipeFor('natural', side, 'moco-v2');
  const executor = createPlanExecutor(device, software ? SOFTWARE : HARDWARE, { lost });
  const views = { query: 0, key: 1 } as const;
  const outputs = Object.fromEntries(Object.keys(views).map((name) => [name, input(name, [batch, side, side, 3])]));
  const made = madeViews({ views }, { batch, side, augmentation: recipe }, stored);
  const executable = await executor.compile({ name: 'views', outputs, updates: {} }, made);
  let step = 0;
  const run = async () => {
    const choices = drawTable(stored, rowNumbers(batch), viewKeys({ views }, 0, step++), side, recipe);
    const { query } = await executable.run({ [PIXELS]: pixels, [CHOICES]: choices });
    return query[0];
  };
  return { run, bytesHeld: () => executor.bytesHeld(), dispose: () => executor.dispose() };
}
