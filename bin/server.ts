import type { AddressInfo } from 'node:net';
import { preview } from 'vite';
import { responseHeaders } from '../src/core/response_headers';
import { dist, root } from './build';
import { Complaint } from './complaint';

export interface Served {
  /** With a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves a built folder, dist/ unless told otherwise, on this machine only.
 * @param port 0 for any free one
 * @param headers sends ours; a host without them can be imitated
 */
export async function serve({ port = 0, headers = true, folder = dist } = {}): Promise<Served> {
  // Port 0 means "the default" to Vite: the system is asked for a free one instead.
  const chosen = port || (await freePort());
  const sent = { 'Cache-Control': 'no-cache', ...(headers ? responseHeaders : {}) };
  try {
    const server = await preview({
      configFile: false,
      root,
      build: { outDir: folder },
      appType: 'mpa', // An unknown path is 404, not the page.
      logLevel: 'error',
      preview: { host: '127.0.0.1', port: chosen, strictPort: true, headers: sent },
    });
    return { url: `http://localhost:${chosen}/`, close: () => server.close() };
  } catch (cause) {
    if (!/already in use/.test(String(cause))) throw cause;
    throw new Complaint(`Port ${chosen} is in use. Choose another one with --port.`);
  }
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
