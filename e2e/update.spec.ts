import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dist } from '../bin/build';
import { serve } from '../bin/server';
import { expect, ready, test } from './app';

const kept = (page: Page) => page.evaluate(() => caches.keys());

test('a new version waits until it is asked for, and a tab of the old one goes on', async ({ context }) => {
  const folder = mkdtempSync(join(tmpdir(), 'lookalike-update-'));
  cpSync(dist, folder, { recursive: true });
  const edit = (name: string, change: (text: string) => string): void =>
    writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
  // A host that sends no headers of its own: the service worker adds them from the second visit on.
  const served = await serve({ folder, headers: false });
  try {
    const visit = async (): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(served.url);
      await ready(page);
      return page;
    };
    const first = await visit();
    expect(await first.evaluate(() => crossOriginIsolated)).toBe(false);
    await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const [before] = await kept(first);
    await first.reload();
    await ready(first);
    expect(await first.evaluate(() => crossOriginIsolated)).toBe(true);
    const other = await visit();

    // The new version names its page otherwise and has lost a file that the old one loads when it is needed.
    edit('index.html', (text) => text.replace('<title>', '<meta name="version" content="new"><title>'));
    edit('service_worker.js', (text) =>
      text
        .replace(/"revision":"\w+","url":"index.html"/, '"revision":"new","url":"index.html"')
        .replace(/\{"revision":null,"url":"assets\/Labels[^}]*\},?/, ''),
    );
    const [lost] = readdirSync(join(folder, 'assets')).filter((name) => /^Labels/.test(name));
    rmSync(join(folder, 'assets', lost));
    await first.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one?.update()));
    const marked = (page: Page) => page.locator('meta[name="version"]').count();
    expect(await marked(first)).toBe(0);
    await first.getByRole('button', { name: 'Update ready' }).click();
    await expect.poll(() => marked(first).catch(() => 0)).toBe(1);
    await ready(first);

    expect(await marked(other)).toBe(0);
    expect(await other.evaluate(async (name) => (await fetch(`assets/${name}`)).ok, lost)).toBe(true);
    expect(await kept(first)).toContain(before);
    await Promise.all([first.close(), other.close()]);
    const alone = await visit();
    expect(await marked(alone)).toBe(1);
    expect(await kept(alone)).toEqual([expect.not.stringContaining(before)]);
  } finally {
    await context.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
