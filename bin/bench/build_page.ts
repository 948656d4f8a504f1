import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { root } from '../build';
import { kernels } from '../vite/kernels';

const rolldownOptions = { checks: { pluginTimings: false } };

/** Builds a page that only measures or checks, out of a folder: nothing of it is in the app that is shipped. Returns where. */
export async function buildPage(folder: string, plugins: Plugin[] = []): Promise<string> {
  const outDir = join(root, '.cache', folder);
  await build({
    configFile: false,
    root: join(root, folder),
    base: './',
    logLevel: 'warn',
    plugins,
    worker: { format: 'es', plugins: () => [kernels()], rolldownOptions },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      rolldownOptions,
    },
  });
  return outDir;
}
