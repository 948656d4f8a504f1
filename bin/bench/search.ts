import type { Page } from 'playwright';
import { createServer } from 'vite';
import { root } from '../build';
import type { Case } from './measurement';

const ROWS = 10_000;
const DIM = 512;

/** Serves the sources themselves, so that one module can be measured by itself in the browser. */
export async function openSources(page: Page): Promise<() => Promise<void>> {
  const server = await createServer({ root, logLevel: 'error', server: { host: '127.0.0.1' } });
  await server.listen();
  const [url] = server.resolvedUrls?.local ?? [];
  await page.goto(url);
  return () => server.close();
}

/** The 24 nearest of 10,000 embeddings of 512 numbers, exhaustively: milliseconds a query. */
export function searchCases(page: Page): Case[] {
  return [
    {
      name: `${ROWS.toLocaleString('en')} x ${DIM}`,
      unit: 'ms',
      sample: () =>
        page.evaluate(
          async ([count, dim]) => {
            const path = '/src/evaluate/nearest.ts';
            const { CosineIndex } = (await import(path)) as typeof import('../../src/evaluate/nearest');
            const values = Float32Array.from({ length: count * dim }, (_, i) => Math.sin(i * 12.9898) % 1);
            const index = new CosineIndex(values, count, dim);
            index.nearest(0, 24);
            const began = performance.now();
            for (let row = 0; row < 10; row++) index.nearest(row * 997, 24);
            return (performance.now() - began) / 10;
          },
          [ROWS, DIM] as const,
        ),
    },
  ];
}
