import type { BackendName } from '../core/config';
import { recipeFor } from '../core/presets';
import type { Pretrained } from '../core/pretrained';
import { type FrozenNetwork, openFrozen } from '../engine/tensorflow/frozen';
import { MEAN, STD } from './augment/views';
import { Embedder, type Embeds } from './embed';
import type { PixelSource } from './source';

/** Pictures at a time: these networks are wide at the bottom, 40 MB a picture. */
const BATCH = 8;

/**
 * Embeds with a network that was trained elsewhere: the same centre crops and the same two frozen views as every encoder
 * is judged by, resized to what the network takes.
 * @param side of the views, in pixels; the largest that the stored pictures allow serves it best
 */
export async function openPretrained(
  backend: BackendName,
  { dim, side: resized }: Pretrained,
  network: FrozenNetwork,
  source: PixelSource,
  { side, seed }: { side: number; seed: number },
): Promise<Embeds & { dispose(): void }> {
  const batch = Math.min(BATCH, source.count);
  const executable = await openFrozen(backend, network, { batch, side, resized, mean: MEAN, deviation: STD });
  return new Embedder(executable, dim, batch, source, { side, seed, recipe: recipeFor('natural', side, 'moco-v2') });
}
