import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import { expect, finished, giveFolder, openDetails, planRun, ready, runOf, test, train, visit } from './app';
import { expectNoBarriers } from './barriers';

const seen = (page: Page) => page.evaluate(() => lookalike.store.getState().reconstructions.latest?.latent?.walk);

test('a method is chosen in plain words, and a VAE shows what it gives back, also after it has ended', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await visit(page);
  const folder = folderOfPictures(48);
  await giveFolder(page, folder.path);
  folder.remove();
  await planRun(page);
  const settings = page.getByRole('region', { name: 'Settings' });
  await page.getByText('All settings').click();
  await expect(settings.getByLabel('Queue length')).toBeVisible();
  await settings.getByLabel('Method', { exact: true }).selectOption({ label: 'Variational autoencoder' });
  await expect(settings).toContainText('Kingma & Welling 2014');
  await expect(settings.getByLabel('Queue length')).toHaveCount(0);

  await train(page, { batch: 8, queue: 16, steps: 6 });
  await finished(page);
  expect((await runOf(page))?.config.method).toBe('vae');
  await openDetails(page);
  await expect(page.getByRole('region', { name: 'Loss' })).toContainText('Active dimensions');
  const panel = page.getByRole('region', { name: 'Reconstructions' });
  await expect(panel).toContainText('Step 6');
  await expect(panel.getByRole('img', { name: /^Reconstruction of .*\.png/ }).first()).toBeVisible();
  await expect(panel.getByRole('img', { name: /^Sample/ })).toHaveCount(12);

  const walk = await seen(page);
  const other = walk?.dimension === 5 ? 6 : 5;
  await panel.getByLabel('Dimension', { exact: true }).selectOption(String(other));
  await expect.poll(async () => (await seen(page))?.dimension).toBe(other);
  const slider = panel.getByLabel('Value', { exact: true });
  await slider.focus();
  await page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', '3.0');
  await expect(panel.getByRole('img', { name: `Dimension ${other + 1} at 3.0` })).toBeVisible();
  await expectNoBarriers(page);

  // Another visit has the checkpoint to look at, and the same dimension decodes to the same pictures.
  const before = await page.evaluate(() => [
    ...(lookalike.store.getState().reconstructions.latest?.latent?.samples ?? []),
  ]);
  await page.reload();
  await ready(page);
  await openDetails(page);
  await panel.getByRole('button', { name: 'Look now' }).click();
  await expect(panel.getByRole('img', { name: 'Sample 12' })).toBeVisible();
  expect(
    await page.evaluate(() => [...(lookalike.store.getState().reconstructions.latest?.latent?.samples ?? [])]),
  ).toEqual(before);
});
