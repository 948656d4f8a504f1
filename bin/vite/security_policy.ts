import type { Plugin } from 'vite';

/**
 * What the page may load and reach: its own files and nothing else. Threads have no say in this: a worker's policy comes
 * with its own response, which is why the policy test counts requests as well.
 */
export const policy: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  // TensorFlow.js starts the threads of its WebAssembly from a blob.
  'worker-src': "'self' blob:",
  'style-src': "'self'",
  // Thumbnails are object URLs.
  'img-src': "'self' blob: data:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

const policyText = (): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** Writes the policy into the built page. The dev server needs inline scripts, so it goes without. */
export function securityPolicy(): Plugin {
  return {
    name: 'lookalike:security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policyText() },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}
