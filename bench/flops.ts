import { input } from '../src/graph/ops/leaves';
import { embed } from '../src/learn/encoder';
import { mocoStep } from '../src/learn/methods/moco';
import { Weights } from '../src/learn/weights';
import { mocoSettings, NETWORKS, type NetworkName } from './networks';
import { programFlops } from './program_flops';

/** Operations of one step of MoCo with so many pictures, whoever takes it: what the page counts as well. */
export const stepFlops = (network: NetworkName, batch: number): number =>
  programFlops(mocoStep(NETWORKS[network].encoder, mocoSettings(network, batch)));

/** Operations of so many pictures on their way through the backbone. */
export function embedFlops(network: NetworkName, batch: number): number {
  const { encoder, side } = NETWORKS[network];
  const embeddings = embed(new Weights('flops'), input('pictures', [batch, side, side, 3]), encoder, 'frozen');
  return programFlops({ name: 'embed', outputs: { embeddings }, updates: {} });
}
