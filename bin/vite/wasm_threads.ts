import type { Plugin } from 'vite';

const FILE = /tfjs-backend-wasm-threaded-simd\.js(\?|$)/;
const OPENING = 'function(WasmBackendModuleThreadedSimd) {';

/**
 * Workaround for @tensorflow/tfjs-backend-wasm 4.22. It starts its threads from the text of a function
 * (`wasmFactoryThreadedSimd.toString()`) that uses `_scriptDir`, a variable outside of it. The function guards that with
 * `typeof`, but minifiers know the variable, drop the guard and rename it: each thread dies with "e is not defined" and
 * the backend never gets ready. Given the variable inside, undefined as it always is in a worker, the text stands alone.
 * To be deleted when the backend is replaced; TensorFlow.js itself gets no more releases.
 */
export function wasmThreads(): Plugin {
  return {
    name: 'lookalike:wasm-threads',
    transform(code, id) {
      if (!FILE.test(id.replaceAll('\\', '/'))) return;
      if (!code.includes(OPENING)) this.error(`${id}: the threads' function was not found.`);
      return { code: code.replace(OPENING, `${OPENING} var _scriptDir;`), map: null };
    },
  };
}
