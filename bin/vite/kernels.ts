import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const NAME = 'virtual:kernels';
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'src/engine/tensorflow/wasm/kernels';

/** Common to all builds: nothing in the memory is the kernels' own, so that they can work in another module's. */
const USUAL = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--enable',
  'simd',
  '--disableWarning',
  '112',
];
const RELAXED = ['--enable', 'relaxed-simd'];
// A shared memory is imported with its largest size, at least as large as it was made: 65,536 pages are 4 GB.
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];

/** The kernels as the text of one WebAssembly module, base64. */
async function compile(options: readonly string[]): Promise<string> {
  let binary: Uint8Array | undefined;
  const writeFile = (_: string, contents: string | Uint8Array) => {
    if (typeof contents !== 'string') binary = contents;
  };
  const asked = [`${folder}/index.ts`, ...USUAL, ...options, '--baseDir', root, '--outFile', 'kernels.wasm'];
  const { error, stderr } = await asc.main(asked, { writeFile });
  if (error || !binary) throw new Error(`${folder}: ${stderr.toString() || error}`);
  return Buffer.from(binary).toString('base64');
}

/**
 * Compiles the WebAssembly backend's kernels from AssemblyScript. A module of its own, because the browser decides which of
 * its four builds it runs: `import { builds } from 'virtual:kernels'`.
 */
export function kernels(): Plugin {
  return {
    name: 'lookalike:kernels',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null;
      for (const file of readdirSync(join(root, folder))) this.addWatchFile(join(root, folder, file));
      const builds = {
        plain: await compile([]),
        plainShared: await compile(SHARED),
        relaxed: await compile(RELAXED),
        relaxedShared: await compile([...RELAXED, ...SHARED]),
      };
      return `export const builds = ${JSON.stringify(builds)};`;
    },
  };
}
