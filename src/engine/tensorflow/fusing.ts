import type { BackendName } from '../../core/config';
import type { Program } from '../../graph/program';
import { fuseActivation } from '../plan/fusions/activation';
import { foldedFusion, learning } from '../plan/fusions/folded';
import { type Fusion, replaced } from '../plan/fusions/rewrite';
import { CONVOLVE_FROZEN, hasKernel } from './fused';

/**
 * The program with norms by fixed statistics in one node with what follows them and the convolution before them, where
 * nothing of it is learned and the backend has kernels for that.
 */
export function fusedFor(backend: BackendName, program: Program): Program {
  if (!hasKernel(CONVOLVE_FROZEN, backend)) return program;
  const learned = learning(program);
  const activation: Fusion = (candidate) =>
    candidate.node.kind === 'batchNorm' || learned.has(candidate.original) ? null : fuseActivation(candidate);
  const activated = replaced(program, [activation]);
  return replaced(activated, [foldedFusion(activated)]);
}
