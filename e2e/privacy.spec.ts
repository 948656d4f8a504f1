import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
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

test('the page’s policy lets nothing else in or out', async ({ page, complaints }) => {
  await visit(page);
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute('content', /^default-src 'none';/);
  const refused = await page.evaluate(async () => {
    const fetched = await fetch('https://elsewhere.invalid/').catch((cause: Error) => cause.message);
    const image = new Image();
    const loaded = new Promise((resolve) => {
      image.onload = () => resolve('loaded');
      image.onerror = () => resolve('refused');
    });
    image.src = 'https://elsewhere.invalid/picture.png';
    return [fetched, await loaded];
  });
  expect(refused).toEqual(['Failed to fetch', 'refused']);
  expect(complaints.length).toBeGreaterThanOrEqual(2);
  for (const complaint of complaints.splice(0)) expect(complaint).toMatch(/Content Security Policy/);
});
