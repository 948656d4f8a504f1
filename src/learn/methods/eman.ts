import type { Executor } from '../../engine/executor';
import type { Architecture } from '../backbones/architecture';
import { trainableWeights } from '../encoder';
import type { PixelSource } from '../source';
import { calibrate } from '../untrained';
import { isParameter, variableName } from '../weights';

/**
 * Under EMAN (Cai et al. 2021) the key encoder lives by running statistics from its first step, so they are filled from
 * the pictures before it, and copied with everything else.
 */
export async function fillStatistics(
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
