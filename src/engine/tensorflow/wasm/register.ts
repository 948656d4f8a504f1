import { maxPoolGradient } from '../host/max_pool_gradient';
import { segmentSum } from '../host/segment_sum';
import { overrideKernels } from '../override';
import { convolutionKernels } from './convolution';
import { depthwiseKernels } from './depthwise';
import { frozenNormKernels } from './frozen_norm';
import { meanPool } from './mean_pool';
import { normalisation } from './normalisation';

/** Kernels that the WebAssembly backend lacks, gets wrong or runs slowly. Each has its reason beside it. */
export const registerKernels = (): void =>
  overrideKernels([
    ...convolutionKernels(),
    ...depthwiseKernels(),
    ...normalisation,
    ...frozenNormKernels,
    meanPool,
    maxPoolGradient,
    segmentSum,
  ]);
