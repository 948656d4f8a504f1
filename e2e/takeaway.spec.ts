import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { folderOfPictures } from '../bin/pictures';
import { readCsv } from '../src/core/formats/csv';
import { expect, giveFolder, ready, test, tilesOf, visit } from './app';
import { expectNoBarriers } from './barriers';

/** Chooses in the download dialog of the selection; gives the names in the zip that comes. */
async function zipped(page: Page, ...choices: string[]): Promise<string[]> {
  await page.getByRole('button', { name: 'Download' }).click();
  for (const name of choices) await page.getByRole('checkbox', { name }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'As a zip' }).click(),
  ]);
  return Object.keys(unzipSync(readFileSync(await download.path()))).sort();
}

test('a picture is seen in full size and labelled there, and a selection is taken away as files, by label, and as thumbnails', async ({
  page,
}) => {
  const pictures = folderOfPictures(12, { classes: 3 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await visit(page);
  await giveFolder(page, pictures.path);
  const tiles = tilesOf(page, 'Pictures');
  const path = (place: number): Promise<string> =>
    page.evaluate((row) => lookalike.store.getState().browse.names[row].path, place);
  await expect.poll(() => page.evaluate(() => lookalike.store.getState().browse.names.length)).toBe(12);

  await tiles.nth(2).dblclick();
  const viewer = page.getByRole('dialog');
  const seen = async (row: number) => viewer.getByRole('img', { name: await path(row) });
  await expect(await seen(2)).toBeVisible();
  await expect(viewer.getByText('3 of 12')).toBeVisible();
  await expect(viewer.getByText('Changed')).toBeVisible(); // what only the file itself says
  await expectNoBarriers(page);
  await page.keyboard.press('ArrowRight');
  await expect(await seen(3)).toBeVisible();
  const width = async (): Promise<number> => (await (await seen(3)).boundingBox())!.width;
  const whole = await width();
  await page.keyboard.press('+');
  await expect.poll(width).toBeGreaterThan(whole);
  await page.keyboard.press('F');
  await expect.poll(width).toBe(whole);
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await expect(tiles.nth(2)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(await seen(2)).toBeVisible();
  await page.goBack();
  await expect(viewer).toHaveCount(0);

  const select = () => page.evaluate(() => lookalike.actions.pickRows([0, 1, 5]));
  const paths = await page.evaluate(() => lookalike.store.getState().browse.names.map(({ path }) => path));
  const own = [await path(0), await path(1), await path(5)].sort();
  await select();
  expect(await zipped(page)).toEqual(own);
  const labels = await page.evaluate(() => [0, 1, 5].map((row) => lookalike.store.getState().browse.names[row].label));
  const byLabel = await zipped(page, 'A folder for each label');
  expect([...new Set(byLabel.map((name) => name.split('/')[0]))].sort()).toEqual([...new Set(labels)].sort());

  // A folder of the origin's private file system stands for one of the disk.
  await page.evaluate(() => {
    window.showDirectoryPicker = () =>
      navigator.storage.getDirectory().then((root) => root.getDirectoryHandle('out', { create: true }));
  });
  await page.getByRole('button', { name: 'Download' }).click();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Copy into a folder' }).click();
  await expect(page.getByText('3 pictures copied into “out”.')).toBeVisible();

  // Of each, the pictures that a click on it finds.
  await page.getByRole('button', { name: 'Download' }).click();
  const [list] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Similar pictures as a list' }).click(),
  ]);
  const { columns, rows } = readCsv(readFileSync(await list.path(), 'utf8'));
  expect(columns).toEqual(['path', 'rank', 'similar', 'similarity']);
  expect(rows.map(([of]) => of)).toEqual([0, 1, 5].flatMap((row) => Array(10).fill(row)).map((row) => paths[row]));

  // A label is typed once, then given by its key, which goes on to the next picture.
  await page.evaluate(() => lookalike.actions.view(3));
  await viewer.getByRole('button', { name: 'Label this' }).click();
  await page.keyboard.type('fine');
  await page.keyboard.press('Enter');
  await expect(viewer.getByRole('button', { name: '1 fine' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('1');
  await expect(await seen(3)).toBeVisible();
  await expect(viewer.getByText('1 picture labelled “fine”')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('1');
  await page.keyboard.press('Control+z');
  const given = () => page.evaluate(() => lookalike.store.getState().labels.columns[0].values.slice(0, 5));
  await expect.poll(given).toEqual([null, null, 'fine', 'fine', null]);
  await expectNoBarriers(page);
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);

  // At a later visit the files are not at hand.
  await page.reload();
  await ready(page);
  await page.evaluate(() => lookalike.actions.view(0));
  await expect(viewer.getByText('This is the stored thumbnail, enlarged.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await select();
  expect(await zipped(page)).toEqual(own.map((name) => name.replace(/\.[^.]+$/, ' 320px.png')));
  await expect(
    page.getByText(/^3 thumbnails of 320 px saved as .*: the originals of those are not at hand\.$/),
  ).toBeVisible();
  pictures.remove();
});
