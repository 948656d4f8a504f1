import { depthwiseGradients } from '../host/depthwise';
import { maxPoolGradient } from '../host/max_pool_gradient';
import { segmentSum } from '../host/segment_sum';
import { overrideKernels } from '../override';
import { convolutionKernels } from './convolution';
import { meanPool } from './mean_pool';
import { normalisation } from './normalisation';

/** Kernels that the WebAssembly backend lacks, gets wrong or runs slowly. Each has its reason beside it. */
export const registerKernels = (): void =>
  overrideKernels([
    ...convolutionKernels(),
    ...depthwiseGradients('wasm'),
    ...normalisation,
    meanPool,
    maxPoolGradient,
    segmentSum,
  ]);
