import type { Precision } from '../../src/core/config';
import type { Executable, Executor, Feeds } from '../../src/engine/executor';
import { embedProgram } from '../../src/learn/embed';
import { mocoFeeds, mocoStep, mocoVariables } from '../../src/learn/methods/moco';
import { advance } from '../../src/learn/queue';
import { variableName } from '../../src/learn/weights';
import { encoderData } from '../encoder_data';
import { KEY_MOMENTUM, LEARNING_RATE, mocoSettings, NETWORKS } from '../networks';
import type { Opener, Work } from '../work';

interface Measured {
  precision?: Precision;
  /** Of the executor's device. */
  peak?(): Promise<number>;
}

/** The app's own programs on an executor, which ends with its work. */
export const onExecutor =
  (executor: Executor, { precision = 'full', peak }: Measured = {}): Opener =>
  (task) => {
    if (task.row !== 'step' && task.row !== 'embed') return null;
    const { network, batch } = task;
    const { encoder, side } = NETWORKS[network];
    const data = encoderData(task);
    if (task.row === 'embed')
      return {
        async open() {
          const owned = Object.entries(data.weights).map(([name, values]) => [variableName('query', name), values]);
          executor.write(Object.fromEntries(owned));
          const executable = await executor.compile({ ...embedProgram(encoder, 'query', side, batch), precision });
          return { ...work(executor, executable, 'embeddings', () => ({ pictures: data.query })), peak };
        },
      };
    const settings = mocoSettings(network, batch);
    const order = Int32Array.from({ length: batch }, (_, i) => i);
    let step = 0;
    let pointer = 0;
    const feeds = (): Feeds => {
      const fed = mocoFeeds(settings, {
        query: data.query,
        key: data.key,
        // Every picture is new: the mask runs and hides nothing.
        ids: order.map((i) => step * batch + i),
        order,
        learningRate: LEARNING_RATE,
        keyMomentum: KEY_MOMENTUM,
        pointer,
      });
      step++;
      pointer = advance(pointer, batch, settings.queue);
      return fed;
    };
    return {
      async open() {
        executor.write(mocoVariables(encoder, data.weights, data.queue));
        const program = { ...mocoStep(encoder, settings), precision };
        return { ...work(executor, await executor.compile(program), 'loss', feeds), peak };
      },
    };
  };

/** What peers are held to; a ReLU may have left the first column of an embedding 0. */
const firstOf = (values: ArrayLike<number>): number => Array.from(values).find((value) => value !== 0) ?? 0;

function work(executor: Executor, executable: Executable, output: string, feeds: () => Feeds): Work {
  const common = {
    run: async () => firstOf((await executable.run(feeds()))[output]),
    bytesHeld: () => executor.bytesHeld(),
    dispose: () => executor.dispose(),
  };
  if (!executable.report) return common;
  const profile = async () => (await executable.profile(feeds())).kernels ?? [];
  return { ...common, report: executable.report, profile };
}
