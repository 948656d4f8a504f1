import { keyMomentum } from '../../core/schedule';
import { advance } from '../queue';
import { fillStatistics } from './eman';
import { numbersOf, type OpenMethod } from './method';
import { initialMoco, keysPerStep, MOCO_VIEWS, mocoNumbers, mocoStep } from './moco';

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
