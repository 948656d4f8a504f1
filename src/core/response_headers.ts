/** What the page and its workers may load and reach: their own files and nothing else. */
const POLICY: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self'",
  // Thumbnails are object URLs.
  'img-src': "'self' blob: data:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The page's own policy, which stands in the page. */
export const pagePolicy = Object.entries(POLICY)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join('; ');

/** What makes a page cross-origin isolated, and with it SharedArrayBuffer: WebAssembly needs it for threads. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Sent with every file of the app, by our server and by the service worker. A worker's policy is that of its own script. */
export const responseHeaders = {
  ...isolationHeaders,
  'Content-Security-Policy': pagePolicy,
};
