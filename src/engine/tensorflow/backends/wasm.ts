import { type BackendWasm, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { Fault } from '../../../core/fault';
import { linkKernels } from '../wasm/linked';
import { registerKernels } from '../wasm/register';
import { type Backend, NEVER_LOST, unavailable } from './open';

/** Says where TensorFlow.js finds its builds: in the app's own files. */
export const setOwnPaths = (): void =>
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  });

/** WebAssembly with SIMD, and with threads where the page is cross-origin isolated. */
export async function openWasm(): Promise<Backend> {
  setOwnPaths();
  // Its build with threads shares its memory with ours; its own would only compete with them.
  setThreadsCount(1);
  registerKernels();
  if (!(await tf.setBackend('wasm'))) throw unavailable('TensorFlow.js could not start its WebAssembly.');
  const backend = tf.findBackend('wasm') as BackendWasm;
  refuseNull(backend);
  const { threads } = await linkKernels(backend, navigator.hardwareConcurrency);
  const vectors = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'SIMD' : 'no SIMD';
  const device = `${threads === 1 ? 'one thread' : `${threads} threads`}, ${vectors}`;
  return { name: 'wasm', device, software: false, lost: NEVER_LOST };
}

/** Without memory, malloc answers 0 and TensorFlow.js would write there. */
function refuseNull({ wasm }: BackendWasm): void {
  // Its types leave out what Emscripten adds.
  const heap = wasm as unknown as { _malloc(bytes: number): number; _free(address: number): void };
  // The first call puts the real function in its own place.
  heap._free(heap._malloc(4));
  const allocate = heap._malloc;
  heap._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0)
      throw new Fault(
        'memory',
        'WebAssembly has no memory left for this step.',
        'Choose a smaller batch, smaller views or a narrower encoder.',
      );
    return address;
  };
}
