import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import { currentDataset, expect, finished, giveFolder, imported, outcome, test, train, visit } from './app';

/** Has the collection on the page backed up, by the keyboard alone. */
async function backUp(page: Page): Promise<Buffer> {
  await page.getByRole('button', { name: /^Collections/ }).focus();
  await page.keyboard.press('Enter');
  const button = page.getByRole('button', { name: /^Back up / });
  await expect(button).toBeVisible();
  while (!(await button.evaluate((one) => one === document.activeElement))) await page.keyboard.press('Tab');
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.lookalike$/);
  return readFileSync(await download.path());
}

/** Presses the landing page's "Open a back-up" by the keyboard alone; the browser's dialog is answered by a listener. */
async function open(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Open a back-up' });
  while (!(await button.evaluate((one) => one === document.activeElement))) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

test('a collection with its model goes to another browser in one file, equal to the last bit', async ({
  browser,
  app,
  page,
}) => {
  const folder = folderOfPictures(96);
  const context = await browser.newContext();
  try {
    await visit(page);
    await giveFolder(page, folder.path);
    await page.evaluate(() => lookalike.actions.giveLabel('mine', 'good', [0, 1]));
    await train(page, { steps: 12 });
    const run = await finished(page);
    const first = await backUp(page);

    const other = await context.newPage();
    await visit(other, app.url);
    const damaged = Buffer.from(first);
    damaged[first.length >> 1] ^= 1;
    const given = [damaged, first];
    other.on('filechooser', (chooser) => {
      void chooser.setFiles({ name: 'mine.lookalike', mimeType: '', buffer: given.shift() as Buffer });
    });
    await open(other);
    await expect(other.getByRole('alert')).toContainText('The back-up is damaged or not complete.');
    await other.getByRole('button', { name: 'Dismiss message' }).click();
    await open(other);
    await imported(other);
    expect(await currentDataset(other)).toEqual(await currentDataset(page));
    expect(await outcome(other, run.id)).toEqual(await outcome(page, run.id));
    await expect
      .poll(() => other.evaluate(() => lookalike.store.getState().labels.columns.map(({ name }) => name)))
      .toEqual(['mine']);
    expect((await backUp(other)).equals(first)).toBe(true);

    // Deleted and opened again in one visit, it can be worked on.
    await other.evaluate(() => lookalike.actions.deleteDataset(lookalike.store.getState().library.current ?? ''));
    given.push(first);
    await open(other);
    await imported(other);
    await other.evaluate(() => lookalike.actions.giveLabel('mine', 'bad', [2]));
    await visit(other, app.url);
    await expect
      .poll(() => other.evaluate(() => lookalike.store.getState().labels.columns.map((one) => one.values.slice(0, 4))))
      .toEqual([['good', 'good', 'bad', null]]);
  } finally {
    folder.remove();
    await context.close();
  }
});
