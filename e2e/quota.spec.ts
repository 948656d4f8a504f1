import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import {
  currentDataset,
  expect,
  finished,
  giveFolder,
  outcome,
  reached,
  ready,
  runOf,
  test,
  tilesOf,
  train,
  visit,
} from './app';

// What the app keeps of itself for use without a network counts as well: left out, the sums below are about pictures.
test.use({ serviceWorkers: 'block' });

/** Sets what this page may store, in bytes; undefined lifts the limit. */
async function limitStorage(page: Page, quotaSize?: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', quotaSize === undefined ? { origin } : { origin, quotaSize });
}

test('a full disk ends an import with a message; what is in stays in', async ({ page }) => {
  const folder = folderOfPictures(600, { side: 64 });
  try {
    await visit(page);
    await limitStorage(page, 10_000_000);
    await page.getByTestId('folder-input').setInputFiles(folder.path);
    await expect(page.getByRole('alert')).toContainText(/storage.*full/i, { timeout: 60_000 });
    await expect.poll(() => page.evaluate(() => lookalike.store.getState().library.importing)).toBeNull();
    const { count } = await currentDataset(page);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(600);

    await page.reload();
    await ready(page);
    expect(await currentDataset(page)).toMatchObject({ count, complete: false });
    await expect(tilesOf(page, 'Pictures').first()).toBeVisible();
  } finally {
    folder.remove();
  }
});

/** Bytes: less than what is stored already. */
const FULL = 1000;

const phase = (page: Page) => page.evaluate(() => lookalike.store.getState().training.phase);

test('a full disk in training is told, the last checkpoint stays, and with room again the run ends as if nothing had been', async ({
  page,
}) => {
  const folder = folderOfPictures(64);
  try {
    await visit(page);
    await giveFolder(page, folder.path);
    await train(page, { steps: 60 });
    await reached(page, 5);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect.poll(() => phase(page), { timeout: 60_000 }).toBe('paused');
    const saved = await runOf(page);
    expect(saved?.step).toBeGreaterThanOrEqual(5);
    await limitStorage(page, FULL);
    // The browser looks at the limit anew when the database is opened.
    await page.reload();
    await ready(page);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText(/storage.*full/i, { timeout: 60_000 });

    await limitStorage(page);
    await page.reload();
    await ready(page);
    expect(await runOf(page)).toMatchObject({ id: saved?.id, step: saved?.step });
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    const resumed = await outcome(page, (await finished(page)).id);
    await train(page, { steps: 60 });
    expect(await outcome(page, (await finished(page)).id)).toEqual(resumed);
  } finally {
    folder.remove();
  }
});
