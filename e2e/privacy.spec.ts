import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Worker } from '@playwright/test';
import { launchOptions } from '../bin/chromium';
import { serve } from '../bin/server';
import { expect, finished, giveSample, ready, test, tilesOf, train, visit } from './app';

interface NetLog {
  constants: { logEventTypes: Record<string, number> };
  events: { type: number; params?: { url?: string; initiator?: string; host?: string } }[];
}

/** Addresses that our pages and workers asked the browser's network stack for. What the browser asks of itself has no initiator. */
function asked(path: string, origin: string): string[] {
  const { constants, events } = JSON.parse(readFileSync(path, 'utf8')) as NetLog;
  const start = constants.logEventTypes.URL_REQUEST_START_JOB;
  return events
    .filter(({ type, params }) => type === start && (params?.initiator === origin || params?.url?.startsWith(origin)))
    .map(({ params }) => params?.url ?? '');
}

test('the whole journey asks for nothing but the app itself, and goes on without a network', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lookalike-privacy-'));
  const log = join(folder, 'net.json');
  const served = await serve();
  const origin = new URL(served.url).origin;
  const options = launchOptions();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...options,
    headless: true,
    args: [...(options.args ?? []), `--log-net-log=${log}`],
  });
  let serving = true;
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    await visit(page, served.url, { embeds: true });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const findsAlike = async () => {
      await tilesOf(page, 'Pictures').first().click();
      await expect(page.getByRole('region', { name: 'Similar pictures' })).toContainText('Nearest by InceptionV3');
    };
    await giveSample(page);
    await findsAlike();
    const beyond = (url: string): boolean => !url.startsWith(served.url) && !/^(blob|data):/.test(url);

    // The server is gone and the network is off: the second visit lives on what the first one kept.
    await served.close();
    serving = false;
    await context.setOffline(true);
    await page.reload();
    await ready(page);
    await findsAlike();
    await train(page, { batch: 16, queue: 32, steps: 8 });
    expect((await finished(page)).step).toBe(8);
    expect(requests.filter(beyond)).toEqual([]);
    await context.close();
    const urls = asked(log, origin);
    expect(urls.filter(beyond)).toEqual([]);
    expect(urls.length).toBeGreaterThan(10);
  } finally {
    await context.close();
    if (serving) await served.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Ways out of a page or a worker, and ways in, by the address `it` of a server that would answer. */
const WAYS = {
  fetch: 'fetch(it)',
  'a web socket': "new WebSocket(it.replace('http', 'ws'))",
  'server-sent events': 'new EventSource(it)',
  'a module': 'import(it)',
  'a written script': "setTimeout('globalThis.written = true')",
  'a written worker': "new Worker(URL.createObjectURL(new Blob(['1'])))",
};
const element = (name: string, properties: string): string =>
  `document.body.append(Object.assign(document.createElement('${name}'), ${properties}))`;
const WAYS_OF_PAGES = {
  ...WAYS,
  'a beacon': "navigator.sendBeacon(it, 'pixels')",
  'a font': "new FontFace('f', 'url(' + it + ')').load()",
  'a picture': element('img', '{ src: it }'),
  'a film': element('video', '{ src: it }'),
  'a frame': element('iframe', '{ src: it }'),
  'a plug-in': element('object', "{ data: it, type: 'text/html' }"),
  'a style sheet': element('link', "{ rel: 'stylesheet', href: it }"),
  'a prefetched file': element('link', "{ rel: 'prefetch', href: it }"),
  'a script': element('script', '{ src: it }'),
  'a script in the page': element('script', "{ textContent: 'globalThis.written = true' }"),
  'a form': `${element('form', "{ action: it, id: 'away' }")}, document.getElementById('away').submit()`,
  'another base': element('base', '{ href: it }'),
};

/** Tries these ways one by one. @returns those that no policy refused */
async function letThrough(
  where: Pick<Worker, 'evaluate'>,
  ways: Record<string, string>,
  it: string,
): Promise<string[]> {
  const through: string[] = [];
  for (const [name, code] of Object.entries(ways)) {
    const refused = await where.evaluate(`new Promise((resolve) => {
      addEventListener('securitypolicyviolation', () => resolve(true), { once: true });
      setTimeout(resolve, 5000, false);
      const it = '${it}';
      try { Promise.resolve(${code}).catch(() => 0); } catch {}
    })`);
    if (!refused) through.push(name);
  }
  return through;
}

test('the policy of the page and of its workers closes every way in and out', async ({ page, complaints }) => {
  const asked: string[] = [];
  const elsewhere = createServer(({ url }, response) => {
    asked.push(url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').end('1');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = elsewhere.address() as AddressInfo;
    await visit(page);
    const it = `http://127.0.0.1:${port}/`;
    const trainer = page.workers().find((worker) => worker.url().includes('/trainer-'));
    expect(trainer && (await letThrough(trainer, WAYS, it))).toEqual([]);
    expect(await letThrough(page, WAYS_OF_PAGES, it)).toEqual([]);
    expect(await page.evaluate('globalThis.written')).toBeUndefined();
    expect(asked).toEqual([]);
    for (const complaint of complaints.splice(0)) expect(complaint).toContain('Content Security Policy');
  } finally {
    elsewhere.close();
  }
});
