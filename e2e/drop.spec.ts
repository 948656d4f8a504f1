import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { folderOfPictures, picture } from '../bin/pictures';
import { currentDataset, expect, imported, ready, test, visit } from './app';

/** Drops a folder of the disk onto the page, as a file manager does. */
async function drop(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  const at = { x: 300, y: 300, data };
  for (const type of ['dragEnter', 'dragOver'] as const) await session.send('Input.dispatchDragEvent', { type, ...at });
  await expect(page.getByText('Drop a folder or pictures')).toBeVisible();
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at });
}

async function rescan(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Collections, now/ }).click();
  await page.getByRole('button', { name: 'Rescan the folder of made-up' }).click();
}

const count = async (page: Page): Promise<number> => (await currentDataset(page)).count;

test('a folder that is dropped comes in with its labels, and what is new in it when it is rescanned, at a later visit too', async ({
  page,
}) => {
  const { path, remove } = folderOfPictures(12);
  try {
    await visit(page);
    await drop(page, path);
    expect(await imported(page)).toMatchObject({ name: 'made-up', count: 12, labels: { 'class 0': 3, 'class 3': 3 } });
    writeFileSync(join(path, 'class 1', 'new.png'), picture(100, 1));
    rmSync(join(path, 'class 2', '00002.png'));
    await rescan(page);
    await expect.poll(() => count(page)).toBe(13);
    await page.reload();
    await ready(page);
    writeFileSync(join(path, 'class 1', 'newer.png'), picture(101, 1));
    await rescan(page);
    await expect.poll(() => count(page)).toBe(14);
    expect(await imported(page)).toMatchObject({
      name: 'made-up',
      labels: { 'class 0': 3, 'class 1': 5, 'class 2': 3 },
    });
  } finally {
    remove();
  }
});
