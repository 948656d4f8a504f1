import { keyMomentum } from '../../core/schedule';
import type { Executor } from '../../engine/executor';
import type { Architecture } from '../backbones/architecture';
import { trainableWeights } from '../encoder';
import { advance } from '../queue';
import type { PixelSource } from '../source';
import { calibrate } from '../untrained';
import { isParameter, variableName } from '../weights';
import { numbersOf, type OpenMethod } from './method';
import { initialMoco, keysPerStep, MOCO_VIEWS, mocoNumbers, mocoStep } from './moco';

/**
 * Under EMAN (Cai et al. 2021) the key encoder lives by running statistics from its first step, so they are filled from
 * the pictures before it, and copied with everything else.
 */
async function fillStatistics(
  executor: Executor,
  encoder: Architecture,
  source: PixelSource,
  { side, seed }: { side: number; seed: number },
): Promise<void> {
  if (encoder.norms === 'running') return; // they are what a pretrained start brings
  await calibrate(executor, encoder, 'query', source, { side, seed });
  const statistics = trainableWeights(encoder).filter((spec) => !isParameter(spec));
  const filled = await executor.read(statistics.map(({ name }) => variableName('query', name)));
  const copied = statistics.map(({ name }) => [variableName('key', name), filled[variableName('query', name)]]);
  executor.write(Object.fromEntries(copied));
}

/** MoCo as a run's method: its loop state is the queue's pointer. */
export const openMoco: OpenMethod = (encoder, config) => ({
  name: 'moco',
  program: mocoStep(encoder, config),
  initial: (seed) => initialMoco(encoder, config.queue, seed),
  prepare: async (executor, source) => {
    if (config.keyNorm === 'eman') await fillStatistics(executor, encoder, source, config);
  },
  views: MOCO_VIEWS,
  feeds: ({ step, rows, others, excluded, order }, { config: now, learningRate, pointer }) =>
    mocoNumbers(now, {
      ids: rows,
      keyIds: others,
      excluded,
      order,
      learningRate,
      keyMomentum: keyMomentum(now, step),
      pointer,
    }),
  advance: (pointer) => advance(pointer, keysPerStep(config), config.queue),
  report: numbersOf('accuracy', 'featureStd'),
});
