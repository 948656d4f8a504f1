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

/** Opens a back-up on the landing page, by the keyboard alone. */
async function open(page: Page, buffer: Buffer): Promise<void> {
  const button = page.getByRole('button', { name: 'Open a back-up' });
  while (!(await button.evaluate((one) => one === document.activeElement))) await page.keyboard.press('Tab');
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await choosing).setFiles({ name: 'mine.lookalike', mimeType: '', buffer });
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
    await open(other, damaged);
    await expect(other.getByRole('alert')).toContainText('The back-up is damaged or not complete.');
    await other.getByRole('button', { name: 'Dismiss message' }).click();
    await open(other, first);
    await imported(other);
    expect(await currentDataset(other)).toEqual(await currentDataset(page));
    expect(await outcome(other, run.id)).toEqual(await outcome(page, run.id));
    await expect
      .poll(() => other.evaluate(() => lookalike.store.getState().labels.columns.map(({ name }) => name)))
      .toEqual(['mine']);
    expect((await backUp(other)).equals(first)).toBe(true);
  } finally {
    folder.remove();
    await context.close();
  }
});
