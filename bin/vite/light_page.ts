import type { Plugin } from 'vite';

const HEAVY = /node_modules\/@tensorflow\//;

/**
 * Keeps the promise that the page holds no TensorFlow.js: the build fails when a chunk of the page contains a module of it.
 * Workers are bundled by builds of their own, which this plugin is not part of.
 */
export function lightPage(): Plugin {
  return {
    name: 'lookalike:light-page',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const heavy = file.moduleIds.find((id) => HEAVY.test(id.replaceAll('\\', '/')));
        if (heavy)
          this.error(`The page's ${file.fileName} holds TensorFlow.js (${heavy}). Only workers may import it.`);
      }
    },
  };
}
