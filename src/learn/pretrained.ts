import type { Executor } from '../engine/executor';
import { architecture } from './backbones/architecture';
import type { EmbedsFrom, ViewSettings } from './embed';
import { InferenceEncoder } from './inference_encoder';
import type { PixelSource } from './source';
import type { StartWeights } from './start';
import { owned } from './weights';

let opened = 0;

/**
 * An encoder of weights that were trained elsewhere and stay as they are: the same crops and views as every encoder. The
 * executor holds them under a name of their own, so that several may be open at a time.
 */
export function pretrainedEncoder(
  executor: Executor,
  { encoder, weights }: StartWeights,
  source: PixelSource,
  views: ViewSettings,
): InferenceEncoder {
  // Without a head: an embedding needs none.
  const whole = architecture({ ...encoder, head: 'linear', dim: 2 });
  const owner = `pretrained ${++opened}`;
  const variables = owned(owner, weights);
  executor.write(variables);
  return new InferenceEncoder(executor, whole, owner, Object.keys(variables), source, views);
}

/** Embeds with such weights. */
export const openPretrained = async (
  ...of: Parameters<typeof pretrainedEncoder>
): Promise<EmbedsFrom & { dispose(): void }> => pretrainedEncoder(...of).embedding();
