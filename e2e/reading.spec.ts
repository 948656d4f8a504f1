import { expect, finished, giveSample, test, train, visit } from './app';

test('an embedding is looked into: what moves it, and the run goes by its baselines', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await visit(page);
  await giveSample(page);
  await train(page, { steps: 6 });
  await finished(page);

  const lab = page.getByRole('region', { name: 'Sensitivity lab' });
  await lab.getByLabel('Colour histogram').uncheck();
  await lab.getByRole('button', { name: 'Try it' }).click();
  await expect(lab.getByRole('table')).toContainText('Untrained encoder');
  await expect(lab.getByRole('img', { name: 'The picture: logo, 30 % of the area' })).toBeVisible();
  await expect(lab.getByRole('button', { name: 'Try it' })).toBeEnabled();
  const reports = await page.evaluate(() => lookalike.store.getState().reading.sensitivity?.reports ?? []);
  expect(reports.map(({ title }) => title)).toEqual(['MoCo v2, step 6', 'Raw pixels', 'Untrained encoder']);
  // A larger logo never moves raw pixels less; brighter pixels are the same direction but for what becomes white.
  const [, raw] = reports;
  const logos = raw.results.filter(({ alteration }) => alteration.kind === 'logo').map(({ distance }) => distance);
  expect(logos).toEqual([...logos].sort((a, b) => a - b));
  expect(logos.at(-1)).toBeGreaterThan(0.1);
});
