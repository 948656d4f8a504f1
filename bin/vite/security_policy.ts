import type { Plugin } from 'vite';
import { pagePolicy } from '../../src/core/response_headers.ts';

/**
 * Writes the policy into the built page, for hosts that send no headers and the visit before the service worker runs. The dev
 * server needs inline scripts, so it goes without.
 */
export function securityPolicy(): Plugin {
  return {
    name: 'lookalike:security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}
