import type { BackendName } from '../core/config';
import type { Pretrained } from '../core/pretrained';
import type { Executor } from '../engine/executor';
import { type FrozenNetwork, openFrozen } from '../engine/tensorflow/frozen';
import { MEAN, STD } from './augment/views';
import { architecture } from './backbones/architecture';
import { Embedder, type EmbedsFrom, type Looks } from './embed';
import { RestingEncoder } from './resting_encoder';
import type { PixelSource } from './source';
import type { StartWeights } from './start';
import { owned } from './weights';

/** Pictures at a time: these networks are wide at the bottom, 40 MB a picture. */
const BATCH = 8;

/**
 * Embeds with a network that was trained elsewhere: the same centre crops and the same two frozen views as every encoder
 * is judged by, resized to what the network takes.
 * @param looks the largest side that the stored pictures allow serves it best
 */
export async function openPretrained(
  backend: BackendName,
  { dim, side: resized }: Pretrained,
  network: FrozenNetwork,
  source: PixelSource,
  looks: Looks,
): Promise<EmbedsFrom & { dispose(): void }> {
  const { side } = looks;
  const batch = Math.min(BATCH, source.count);
  const executable = await openFrozen(backend, network, { batch, side, resized, mean: MEAN, deviation: STD });
  return new Embedder(executable, dim, batch, source, looks);
}

const OWNER = 'pretrained';

/** Embeds with weights that were trained elsewhere and stay as they are. */
export async function openFrozenWeights(
  executor: Executor,
  { encoder, weights }: StartWeights,
  source: PixelSource,
  looks: Looks,
): Promise<EmbedsFrom & { dispose(): void }> {
  // Without a head: an embedding needs none.
  const whole = architecture({ ...encoder, head: 'linear', dim: 2 });
  const variables = owned(OWNER, weights);
  executor.write(variables);
  const resting = new RestingEncoder(executor, whole, OWNER, Object.keys(variables), source, looks);
  return resting.embedding();
}
