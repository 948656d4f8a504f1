import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Common to all builds: nothing in the memory is the kernels' own, nor in the table, which is imported where it is used. */
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
const TABLE = ['--importTable'];
const RELAXED = ['--enable', 'relaxed-simd'];
// A shared memory is imported with its largest size, at least as large as it was made: 65,536 pages are 4 GB.
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];

/** Module to import -> its entry, written in AssemblyScript, and the options of each of its builds. */
const MODULES: Readonly<Record<string, { entry: string; builds: Readonly<Record<string, readonly string[]>> }>> = {
  'virtual:kernels': {
    entry: 'src/engine/processor/kernels/index.ts',
    builds: {
      plain: TABLE,
      plainShared: [...TABLE, ...SHARED],
      relaxed: [...TABLE, ...RELAXED],
      relaxedShared: [...TABLE, ...RELAXED, ...SHARED],
    },
  },
  'virtual:resize': { entry: 'src/images/kernels/index.ts', builds: { plain: [] } },
  'virtual:all-pairs': { entry: 'src/evaluate/refine/kernels/index.ts', builds: { plain: [] } },
};

/** The kernels of an entry as the text of one WebAssembly module, base64. */
async function compile(entry: string, options: readonly string[]): Promise<string> {
  let binary: Uint8Array | undefined;
  const writeFile = (_: string, contents: string | Uint8Array) => {
    if (typeof contents !== 'string') binary = contents;
  };
  const asked = [entry, ...USUAL, ...options, '--baseDir', root, '--outFile', 'kernels.wasm'];
  const { error, stderr } = await asc.main(asked, { writeFile });
  if (error || !binary) throw new Error(`${entry}: ${stderr.toString() || error}`);
  return Buffer.from(binary).toString('base64');
}

/**
 * Compiles kernels from AssemblyScript: `import { builds } from 'virtual:NAME'`. Several builds in a module of their own, as the
 * browser decides which of them it runs.
 */
export function kernels(): Plugin {
  return {
    name: 'lookalike:kernels',
    resolveId: (id) => (id in MODULES ? `\0${id}` : null),
    async load(id) {
      const module = MODULES[id.replace(/^\0/, '')];
      if (!module) return null;
      const folder = join(root, dirname(module.entry));
      for (const file of readdirSync(folder)) this.addWatchFile(join(folder, file));
      const built: Record<string, string> = {};
      for (const [name, options] of Object.entries(module.builds)) built[name] = await compile(module.entry, options);
      return `export const builds = ${JSON.stringify(built)};`;
    },
  };
}
