import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { folderOfPictures } from '../bin/pictures';
import { readCsv } from '../src/core/formats/csv';
import type { Image } from '../src/core/records';
import { currentDataset, expect, giveFolder, imported, test, tilesOf, visit } from './app';
import { watchMemory } from './memory';
import { blockingTasks } from './tasks';

interface Case {
  file: string;
  expected: 'ok' | 'reject';
  why: string;
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** Hostile, damaged and odd files, with what must come of each. */
function malformed(): Case[] {
  const files = unzipSync(readFileSync(new URL('data/malformed.zip', import.meta.url)));
  const { rows } = readCsv(new TextDecoder().decode(files['manifest.csv']));
  return rows.map(([file, expected, why, width, height]) => ({
    file,
    expected: expected as Case['expected'],
    why,
    width: Number(width),
    height: Number(height),
    bytes: files[file],
  }));
}

/** What the database holds, read past the page. */
const storedPictures = (page: Page): Promise<Image[]> =>
  page.evaluate(async () => {
    const opening = indexedDB.open('lookalike');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const reading = database.transaction('rows').objectStore('rows').getAll();
    const shards = await new Promise<{ rows: Image[] }[]>((resolve, reject) => {
      reading.onsuccess = () => resolve(reading.result);
      reading.onerror = () => reject(reading.error);
    });
    database.close();
    return shards.flatMap(({ rows }) => rows);
  });

test('of 80 odd files every good one is taken in and every bad one is named with its reason', async ({
  page,
  browser,
}) => {
  const cases = malformed();
  expect(cases).toHaveLength(80);
  await visit(page);
  const payload = cases.map(({ file, bytes }) => ({ name: file, mimeType: '', buffer: Buffer.from(bytes) }));
  const memory = await watchMemory(browser);
  await page.getByTestId('files-input').setInputFiles(payload);
  const dataset = await imported(page);
  expect(await memory.rise()).toBeLessThan(300);

  const refusals = await page.evaluate(() => lookalike.store.getState().library.refusals);
  const stored = await storedPictures(page);
  expect(stored).toHaveLength(dataset.count);
  const sizes = stored.flatMap(({ path, copies, width, height }) =>
    [path, ...copies].map((name) => [name, `${width}x${height}`]),
  );
  const good = cases.filter(({ expected }) => expected === 'ok');
  expect(Object.fromEntries(sizes)).toEqual(
    Object.fromEntries(good.map(({ file, width, height }) => [file, `${width}x${height}`])),
  );
  const bad = cases.filter(({ expected }) => expected === 'reject').map(({ file }) => file);
  expect(refusals.map(({ path }) => path).sort()).toEqual(bad.sort());
  for (const { reason } of refusals) expect(reason).toMatch(/\w{3,}.*[.!]$/);

  // Names are text, whatever they say: no element came of one.
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  const skipped = page.getByRole('region', { name: 'Skipped files' });
  await expect(skipped).toContainText(`${bad.length} files skipped`);
  await skipped.getByRole('button', { name: 'Show' }).click();
  await expect(skipped).toContainText('empty.jpg');
  const saved = page.waitForEvent('download');
  await skipped.getByRole('button', { name: 'Save list' }).click();
  const list = readCsv(readFileSync(await (await saved).path(), 'utf8'));
  expect(list.rows.map(([path]) => path).sort()).toEqual(bad.sort());
});

test('1,000 pictures come in without blocking the page, and the grid fills meanwhile', { tag: '@alone' }, async ({
  page,
  browser,
}) => {
  const folder = folderOfPictures(1000, { classes: 5, side: 40 });
  try {
    await visit(page);
    await page.evaluate(() => {
      const seen = new Set<number>();
      Object.assign(globalThis, { seen });
      lookalike.store.subscribe(({ library }) => library.importing && seen.add(library.importing.taken));
    });
    const forget = async () => {
      const { id } = await currentDataset(page);
      await page.evaluate((dataset) => lookalike.actions.deleteDataset(dataset), id);
    };
    expect(await blockingTasks(browser, page, () => giveFolder(page, folder.path), forget)).toEqual([]);
    const dataset = await currentDataset(page);
    expect(dataset).toMatchObject({ name: 'made-up', count: 1000, refused: 0, duplicates: 0 });
    expect(dataset.labels).toEqual(Object.fromEntries([0, 1, 2, 3, 4].map((label) => [`class ${label}`, 200])));
    expect(await page.evaluate(() => (globalThis as unknown as { seen: Set<number> }).seen.size)).toBeGreaterThan(2);
    await expect(tilesOf(page, 'Pictures').first()).toBeVisible();
    expect(await tilesOf(page, 'Pictures').count()).toBeLessThan(400);
  } finally {
    folder.remove();
  }
});

test('what holds no picture leaves the data set that is there, which can be deleted', async ({ page }) => {
  const folder = folderOfPictures(20);
  try {
    await visit(page);
    await giveFolder(page, folder.path);
    expect(await currentDataset(page)).toMatchObject({ count: 20, complete: true });

    // What holds no picture opens no data set: the page stays where it was, and says why.
    const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('No picture at all.') };
    await page.getByTestId('files-input').setInputFiles(notes);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^New collection/ })
      .click();
    await expect(page.getByRole('alert')).toContainText('notes.txt');
    await expect.poll(() => page.evaluate(() => lookalike.store.getState().library.datasets.length)).toBe(1);
    expect(await currentDataset(page)).toMatchObject({ name: 'made-up', count: 20 });

    await page.getByRole('button', { name: /Collections, now made-up/ }).click();
    await page.getByRole('button', { name: 'Delete made-up' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Try with sample pictures' })).toBeVisible();
    expect(await page.evaluate(() => lookalike.store.getState().library.datasets)).toEqual([]);
  } finally {
    folder.remove();
  }
});

test('a data set that is deleted while it is looked at leaves without a word', async ({ page }) => {
  const folder = folderOfPictures(300);
  try {
    await visit(page, './', { embeds: true });
    const left = page.evaluate(
      () =>
        new Promise<{ phase: string; faults: unknown[] }>((resolve) => {
          let deleted: Promise<void> | null = null;
          const { store, actions } = lookalike;
          store.subscribe(({ background, training, library, faults }) => {
            if (background && library.current !== null) {
              deleted ??= actions.deleteDataset(library.current);
            }
            if (deleted && !background && training.phase === 'idle')
              void deleted.then(() => resolve({ phase: training.phase, faults }));
          });
        }),
    );
    await page.getByTestId('folder-input').setInputFiles(folder.path);
    expect(await left).toEqual({ phase: 'idle', faults: [] });
    await expect(page.getByRole('button', { name: 'Try with sample pictures' })).toBeVisible();
  } finally {
    folder.remove();
  }
});
