import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import {
  currentDataset,
  expect,
  finished,
  giveFolder,
  outcome,
  ready,
  runOf,
  show,
  test,
  tilesOf,
  train,
  trainOneStep,
  visit,
} from './app';
import { Profile } from './profile';

// What the app keeps of itself for use without a network counts as well: left out, the sums below are about pictures.
test.use({ serviceWorkers: 'block' });

/**
 * Sets what pages of this address may store, in bytes; undefined lifts the limit. A limit must be set before the page
 * first stores something: the browser lets it go on for up to 30 s by the room that it found then, reloads included.
 */
async function limitStorage(page: Page, address: string, quotaSize?: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(address);
  await session.send('Storage.overrideQuotaForOrigin', quotaSize === undefined ? { origin } : { origin, quotaSize });
}

test('a full disk ends an import with a message; what is in stays in', async ({ page, app }) => {
  const folder = folderOfPictures(600, { side: 64 });
  try {
    await limitStorage(page, app.url, 10_000_000);
    await visit(page);
    await page.getByTestId('folder-input').setInputFiles(folder.path);
    await expect(page.getByRole('alert')).toContainText(/storage.*full/i, { timeout: 200_000 });
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

test('a full disk in training is told, the last checkpoint stays, and with room again the run ends as if nothing had been', async ({
  app,
}) => {
  const folder = folderOfPictures(64);
  const profile = new Profile();
  try {
    let context = await profile.launch();
    let page = await context.newPage();
    await visit(page, app.url);
    await giveFolder(page, folder.path);
    await train(page, { steps: 60 });
    const whole = await outcome(page, (await finished(page)).id);
    await trainOneStep(page, { steps: 60 });
    const saved = await runOf(page);
    expect(saved?.step).toBeGreaterThanOrEqual(1);
    await context.close();

    context = await profile.launch();
    page = await context.newPage();
    await limitStorage(page, app.url, FULL);
    await visit(page, app.url);
    await show(page, 'Train');
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText(/storage.*full/i, { timeout: 200_000 });

    await limitStorage(page, app.url);
    await page.reload();
    await ready(page);
    expect(await runOf(page)).toMatchObject({ id: saved?.id, step: saved?.step });
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    expect(await outcome(page, (await finished(page)).id)).toEqual(whole);
    await context.close();
  } finally {
    profile.remove();
    folder.remove();
  }
});
