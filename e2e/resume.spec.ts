import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { launchOptions } from '../bin/chromium';
import { folderOfPictures } from '../bin/pictures';
import { expect, finished, giveFolder, outcome, reached, ready, runOf, test, train, visit } from './app';

const STEPS = 60;

let folder: ReturnType<typeof folderOfPictures>;
test.beforeAll(() => {
  folder = folderOfPictures(96);
});
test.afterAll(() => folder.remove());

test('after a reload the run is resumed and ends exactly where an uninterrupted one does', async ({ page }) => {
  await visit(page);
  await giveFolder(page, folder.path);
  await train(page, { steps: STEPS });
  const whole = await outcome(page, (await finished(page)).id);

  await train(page, { steps: STEPS });
  await reached(page, 15);
  await page.reload();
  await ready(page);
  const cut = await runOf(page);
  expect(cut?.status).not.toBe('finished');
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  const resumed = await finished(page);
  expect(resumed.id).toBe(cut?.id);
  expect(await outcome(page, resumed.id)).toEqual(whole);
});

test('pause, resume, stop, extend', async ({ page }) => {
  await visit(page);
  await giveFolder(page, folder.path);
  await train(page, { steps: STEPS });
  await reached(page, 3);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('status')).toContainText(/Paused at step/);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await reached(page, 10);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const stopped = await finished(page, 'stopped');
  expect(stopped.step).toBeLessThan(STEPS);
  await page.getByRole('spinbutton', { name: 'More steps' }).fill('5');
  await page.getByRole('button', { name: 'Train 5 more steps' }).click();
  const extended = await finished(page);
  expect(extended.id).toBe(stopped.id);
  expect(extended.step).toBe(extended.config.steps);
});

test('a killed browser loses nothing: the run is resumed and ends exactly where an uninterrupted one does', async ({
  app,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'lookalike-killed-'));
  const launch = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(profile, { ...launchOptions(), headless: true });
  try {
    let context = await launch();
    let page = await context.newPage();
    await visit(page, app.url);
    await giveFolder(page, folder.path);
    await train(page, { steps: STEPS });
    const whole = await outcome(page, (await finished(page)).id);

    await train(page, { steps: STEPS });
    await reached(page, 12);
    // As when the tab is hidden: what is saved now is what the kill must leave.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await reached(page, 20);
    await kill(context);

    context = await launch();
    page = await context.newPage();
    await visit(page, app.url);
    expect((await page.evaluate(() => lookalike.store.getState().library.datasets)).map(({ count }) => count)).toEqual([
      96,
    ]);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    expect(await outcome(page, (await finished(page)).id)).toEqual(whole);
    await context.close();
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** SIGKILL for the browser process of this context, which takes its children with it. */
async function kill(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  if (!browser) throw new Error('The context has no browser to kill.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const process_ = processInfo.find(({ type }) => type === 'browser');
  if (!process_) throw new Error('The browser process was not found.');
  const gone = new Promise((resolve) => context.on('close', resolve));
  process.kill(process_.id, 'SIGKILL');
  await gone;
}
