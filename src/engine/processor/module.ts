import { builds } from 'virtual:kernels';
import { fromBase64 } from '../../core/formats/base64';

/** What the kernels' module offers; kernels/index.ts. */
export interface Exports {
  /** Runs commands that lie one behind another, each with all its tasks, on all threads. */
  execute(control: number, commands: number, count: number, threads: number, scratch: number, sleeps: number): void;
  serve(control: number, scratch: number): void;
}

/** The kernels by number; kernels/index.ts has them in this order. */
export const KERNELS = [
  'packWeights',
  'packRows',
  'convolve',
  'filterGradient',
  'depthwise',
  'depthwiseFilterGradient',
  'elementwise',
  'channelSums',
  'mergeMoments',
  'gain',
  'normalise',
  'normSums',
  'mergeNormSums',
  'normGradient',
  'mergeSums',
  'poolMoments',
  'copyRows',
  'gatherRows',
  'gatherRowsGradient',
  'writeRing',
  'addVector',
  'unitRows',
  'unitRowsGradient',
  'rowDot',
  'scaleRows',
  'mean',
  'meanGradient',
  'featureStd',
  'maskSame',
  'crossEntropy',
  'crossEntropyGradient',
  'isLargest',
  'semiHard',
  'pool',
  'poolGradient',
  'meanPool',
  'meanPoolGradient',
  'upsample',
  'packWinograd',
  'winograd',
  'winogradGradient',
  'peak',
] as const;
export type KernelName = (typeof KERNELS)[number];

/** The kernels for a memory that threads share or not. Relaxed SIMD has fused multiply and add: Chrome 114, Firefox 146. */
export async function compiledKernels(shared: boolean): Promise<WebAssembly.Module> {
  const [relaxed, plain] = shared ? [builds.relaxedShared, builds.plainShared] : [builds.relaxed, builds.plain];
  const bytes = fromBase64(relaxed);
  return WebAssembly.compile(WebAssembly.validate(bytes) ? bytes : fromBase64(plain));
}
