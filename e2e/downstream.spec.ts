import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import { readCsv } from '../src/core/formats/csv';
import {
  configure,
  expect,
  FAST,
  finished,
  giveFolder,
  openLab,
  ready,
  show,
  test,
  tilesOf,
  train,
  visit,
} from './app';
import { expectNoBarriers } from './barriers';

let pictures: ReturnType<typeof folderOfPictures>;
let folder: string;

test.beforeEach(() => {
  pictures = folderOfPictures(48, { classes: 3 });
  folder = mkdtempSync(join(tmpdir(), 'lookalike-labels-'));
});
test.afterEach(() => {
  pictures.remove();
  rmSync(folder, { recursive: true });
});

/** A table of labels for the made-up pictures: a number that follows from the class, and a class that does not. */
function table(name = 'labels.csv'): string {
  const lines = Array.from({ length: 48 }, (_, i) => {
    const file = `class ${i % 3}/${String(i).padStart(5, '0')}.png`;
    return `${file},${i % 8 === 0 ? '' : 10 * (i % 3) + (i % 5) / 10},${'ab'[(i >> 2) % 2]}`;
  });
  const path = join(folder, name);
  writeFileSync(path, `file,price,half\n${lines.join('\n')}\nnowhere.png,1,a\n`);
  return path;
}

/** What is wider than its place on the page: tables must not slide sideways on a phone. */
const wider = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.stage, .panel, .table-scroll')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ className, scrollWidth }) => `${className}: ${scrollWidth} px`),
  );

test('labels come from folders, a table and clicks, and refuse what they cannot be', async ({ page }) => {
  await visit(page);
  await giveFolder(page, pictures.path);
  await show(page, 'Labels');
  const panel = page.getByRole('region', { name: 'Labels', exact: true });
  await expect(panel).toContainText('folder');

  const bad = join(folder, 'bad.csv');
  writeFileSync(bad, 'name,kind\nelsewhere.png,a\n');
  await page.getByTestId('labels-input').setInputFiles(bad);
  await expect(page.getByRole('alert')).toContainText('no picture of this collection is named in it');
  await page.getByRole('button', { name: 'Dismiss message' }).click();

  await page.getByTestId('labels-input').setInputFiles(table());
  await expect(panel).toContainText('2 columns (price, half) for 48 pictures');
  await expect(panel).toContainText('1 record left out');
  await expect(panel).toContainText('42 of 48 pictures');

  await panel.getByRole('button', { name: 'Label by clicking' }).click();
  const tiles = tilesOf(page, 'Pictures');
  await tiles.nth(0).click();
  await tiles.nth(4).click({ modifiers: ['Shift'] });
  await page.getByLabel('Label', { exact: true }).fill('good');
  await page.getByRole('button', { name: 'Label 5 pictures' }).click();
  await expect(page.getByText('5 pictures labelled “good”').first()).toBeVisible();
  await expect(tiles.nth(1)).toHaveAccessibleDescription(/good/);
  await page.getByRole('button', { name: 'Done' }).click();
  await show(page, 'Labels');
  await expect(panel).toContainText('5 of 48 pictures');

  await page.reload();
  await ready(page);
  await expect(panel).toContainText('my labels');
  await panel.getByRole('button', { name: 'Delete labels my labels' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(panel).not.toContainText('5 of 48 pictures');
});

test('a run is tested by labels beside what needs no learning, and that is still there after a reload', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await visit(page);
  await giveFolder(page, pictures.path);
  await show(page, 'Labels');
  await page.getByTestId('labels-input').setInputFiles(table());
  await train(page, { steps: 6, batch: 8, queue: 32 });
  await finished(page);
  const panel = await openLab(page, 'Downstream tests');
  await panel.getByRole('button', { name: 'Run tests' }).click();
  const line = (name: string) => panel.getByRole('row', { name: new RegExp(`^${name}(, plain)? `) });
  for (const name of ['kNN', 'R@5', 'mAP@R', 'probe top-1', 'probe macro', 'few-shot 5', 'two-view R@1'])
    await expect(line(name)).toBeVisible();
  await expect(line('kNN')).toContainText(/%\s*\d+\.\d–\d+\.\d/);
  await expect(panel).toContainText(/Best by mAP@R, plain: /);
  await panel.getByRole('button', { name: /^\d+ of class 0 taken for class 0$/ }).click();
  await expect(panel.getByRole('listbox', { name: 'Pictures of this cell' }).getByRole('option').first()).toBeVisible();
  await expectNoBarriers(page);

  // On a phone the names of the measures are not squeezed to a letter a line by the embeddings beside them.
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await line('probe top-1').getByRole('rowheader').boundingBox())?.width).toBeGreaterThan(80);
  expect(await wider(page)).toEqual([]);
  if (wide) await page.setViewportSize(wide);

  await panel.getByLabel('Labels', { exact: true }).selectOption('price');
  await panel.getByRole('button', { name: 'Run tests' }).click();
  await expect(line('probe R2')).toBeVisible();
  await expect(panel.getByRole('img', { name: /^price of each picture/ })).toBeVisible();
  // All have been tested: until then a line grows.
  await expect(panel.getByRole('button', { name: 'Run tests' })).toBeVisible({ timeout: 60_000 });
  const found = await line('probe MAE').textContent();

  await page.reload();
  await ready(page);
  await openLab(page, 'Downstream tests');
  await expect(panel.getByLabel('Labels', { exact: true })).toHaveValue('price');
  await expect(line('probe MAE')).toBeVisible();
  expect(await line('probe MAE').textContent()).toBe(found);
});

test('methods run one after the other through a reload, and are compared', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  page.on('dialog', (dialog) => void dialog.accept());
  await visit(page);
  await giveFolder(page, pictures.path);
  await configure(page, { ...FAST, batch: 8, queue: 16 });
  await page.evaluate(() => lookalike.actions.goTo('compare'));
  const all = page.getByRole('region', { name: 'Try all methods' });
  for (const name of ['SimCLR', 'Triplet loss', 'Denoising autoencoder', 'Variational autoencoder'])
    await all.getByLabel(name, { exact: true }).uncheck();
  await all.getByLabel('Budget of each').fill('12');
  await all.getByRole('button', { name: 'Run 2 methods' }).click();
  await expect(all).toContainText('MoCo v2, random weights done');
  await page.reload();
  await ready(page);
  await expect
    .poll(() => page.evaluate(() => [lookalike.store.getState().plan?.left, lookalike.store.getState().planGoing]), {
      timeout: 300_000,
    })
    .toEqual([[], false]);
  expect(await page.evaluate(() => lookalike.store.getState().training.run?.config.batch)).toBe(8);

  await page.evaluate(() => lookalike.actions.goTo('compare'));
  const rows = page.getByRole('region', { name: 'Comparison of runs' }).getByRole('row');
  await expect(rows).toHaveCount(6);
  await expect(rows.filter({ hasText: 'Autoencoder' })).toContainText('%');
  await page.getByRole('button', { name: 'kNN, plain (folder)' }).click();
  await expect(page.getByRole('columnheader', { name: 'kNN, plain (folder)' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(page.getByRole('listbox', { name: 'Nearest by MoCo v2' }).getByRole('option')).toHaveCount(12);
  await expect(page.getByRole('figure', { name: /^mAP@R of each run/ })).toBeVisible();
  await expectNoBarriers(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await wider(page)).toEqual([]);
  await page.getByRole('button', { name: 'All measures and costs' }).click();
  expect(await wider(page)).toEqual([]);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  const { rows: written } = readCsv(readFileSync(await saved.path(), 'utf8'));
  expect(written.map(([method]) => method).sort()).toEqual(
    ['MoCo v2', 'Autoencoder', 'Raw pixels', 'Colour histogram', 'Untrained encoder'].sort(),
  );
});
