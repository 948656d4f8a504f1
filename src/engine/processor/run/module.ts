import { builds } from 'virtual:kernels';
import { fromBase64 } from '../../../core/formats/base64';

/** What the kernels' module offers; kernels/index.ts. */
export interface Exports {
  /** Runs commands that lie one behind another, each with all its tasks, on all threads. */
  execute(control: number, commands: number, count: number, threads: number, scratch: number, sleeps: number): void;
  serve(control: number, scratch: number): void;
}

/** Kernels by number. */
export const kernelNames = (module: WebAssembly.Module): string[] =>
  WebAssembly.Module.exports(module).flatMap(({ name, kind }) => (kind === 'function' ? [name] : []));

/** The module in a memory, its kernels in a table, from which it calls them by number. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Exports {
  const names = kernelNames(module);
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: names.length });
  const { exports } = new WebAssembly.Instance(module, { env: { memory, table } });
  names.forEach((name, i) => {
    table.set(i, exports[name]);
  });
  return exports as unknown as Exports;
}

/** The kernels for a memory that threads share or not. Relaxed SIMD has fused multiply and add: Chrome 114, Firefox 146. */
export async function compiledKernels(shared: boolean): Promise<WebAssembly.Module> {
  const [relaxed, plain] = shared ? [builds.relaxedShared, builds.plainShared] : [builds.relaxed, builds.plain];
  const bytes = fromBase64(relaxed);
  return WebAssembly.compile(WebAssembly.validate(bytes) ? bytes : fromBase64(plain));
}
