import type { RunConfig } from '../core/config';
import type { Executor } from '../engine/executor';
import type { Architecture } from './backbones/architecture';
import { encoderWeights } from './encoder';
import { initialMoco } from './methods/moco';
import type { PixelSource } from './source';
import { calibrate } from './untrained';
import { isParameter, variableName } from './weights';

/**
 * A fresh run's variables, in the executor. Under EMAN the key encoder lives by running statistics from its first step,
 * so they are filled first, and copied with everything else.
 */
export async function begin(
  executor: Executor,
  encoder: Architecture,
  config: RunConfig,
  source: PixelSource,
): Promise<void> {
  executor.write(initialMoco(encoder, config.queue, config.seed));
  if (config.keyNorm !== 'eman') return;
  await calibrate(executor, encoder, 'query', source, config);
  const statistics = encoderWeights(encoder).filter((spec) => !isParameter(spec));
  const filled = await executor.read(statistics.map(({ name }) => variableName('query', name)));
  const copied = statistics.map(({ name }) => [variableName('key', name), filled[variableName('query', name)]]);
  executor.write(Object.fromEntries(copied));
}
