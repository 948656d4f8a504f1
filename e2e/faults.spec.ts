import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import { expect, finished, giveFolder, outcome, reached, ready, show, test, train, trainOneStep, visit } from './app';
import { Profile } from './profile';

let folder: ReturnType<typeof folderOfPictures>;
test.beforeAll(() => {
  folder = folderOfPictures(24);
});
test.afterAll(() => folder.remove());

/** Ends the browser's process for graphics, as a driver that crashes does. */
async function crashGraphics(page: Page): Promise<void> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  // A method that Playwright's types do not list.
  await session?.send('Browser.crashGpuProcess' as 'Browser.crash');
}

test('a run goes on with the same weights when the graphics process crashes, and elsewhere when the browser then refuses graphics', async ({
  app,
}) => {
  const settings = { steps: 6, batch: 4, queue: 8, side: 16 };
  const profile = new Profile();
  try {
    const page = await (await profile.launch()).newPage();
    await visit(page, app.url);
    await giveFolder(page, folder.path);
    await page.evaluate(() => lookalike.actions.chooseBackend('webgpu', true));
    await train(page, settings);
    const whole = await finished(page);
    expect(whole).toMatchObject({ backend: 'webgpu', executor: 'plan' });

    await trainOneStep(page, settings);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await reached(page, 2);
    await crashGraphics(page);
    await expect(page.getByRole('alert')).toContainText('Training goes on from the last checkpoint.');
    const resumed = await finished(page);
    expect(resumed).toMatchObject({ step: 6, backend: 'webgpu' });
    expect(resumed.id).not.toBe(whole.id);
    expect(await outcome(page, resumed.id)).toEqual(await outcome(page, whole.id));

    // Of two crashes within two minutes Chromium draws its own conclusion. The run waits, and another device takes it up.
    await trainOneStep(page, settings);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await reached(page, 2);
    await crashGraphics(page);
    await expect(page.getByText('This browser offers no WebGPU on this machine.')).toBeVisible();
    await page.evaluate(() => lookalike.actions.chooseBackend('auto', true));
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    expect(await finished(page)).toMatchObject({ step: 6, backend: 'wasm' });
    await page.context().close();
  } finally {
    profile.remove();
  }
});

test('pictures that the browser has evicted are missed with words, and may be given again', async ({ page, app }) => {
  await visit(page);
  await giveFolder(page, folder.path);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(app.url);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,file_systems,cache_storage' });
  await page.reload();
  await ready(page);
  await expect(page.getByText('Pictures were here at an earlier visit.')).toBeVisible();
  expect((await giveFolder(page, folder.path)).count).toBe(24);
  await show(page, 'Train');
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled();
});
