import type { Page } from '@playwright/test';
import { expect, finished, giveSample, openLab, ready, show, test, tilesOf, train, visit } from './app';
import { expectNoBarriers } from './barriers';

/** Rows of the explained pair and what the maps sum to. */
const why = (page: Page) =>
  page.evaluate(() => {
    const told = lookalike.store.getState().interpretation.why;
    if (!told) return null;
    const size = told.height * told.width;
    const sum = (from: number) => told.maps.slice(from, from + size).reduce((total, value) => total + value, 0);
    return { rows: told.rows, sums: [sum(0), sum(size)] };
  });

/** A PNG one sees through, but for a triangle off its middle. */
async function transparentLogo(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(200, 120);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.fillStyle = 'rgb(20 110 60)';
    context.fill(new Path2D('M 20 100 L 120 100 L 70 10 Z'));
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  return Buffer.from(bytes);
}

test('an embedding is looked into: what moves it, why two are similar, what its dimensions are', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await visit(page);
  await giveSample(page);
  await train(page, { steps: 6 });
  await finished(page);

  const lab = await openLab(page, 'Sensitivity lab');
  await lab.getByLabel('Colour histogram').uncheck();
  await lab.getByRole('button', { name: 'Try it' }).click();
  await expect(lab.getByRole('table')).toContainText('Untrained encoder');
  await expect(lab.getByRole('img', { name: 'The picture: logo, 30 % of the area' })).toBeVisible();
  await expect(lab.getByRole('button', { name: 'Try it' })).toBeEnabled();
  const reports = await page.evaluate(() => lookalike.store.getState().interpretation.sensitivity?.reports ?? []);
  expect(reports.map(({ title }) => title)).toEqual(['MoCo v2, step 6', 'Raw pixels', 'Untrained encoder']);
  // A larger logo never moves raw pixels less; brighter pixels are the same direction but for what becomes white.
  const [, raw] = reports;
  const logos = raw.results.filter(({ alteration }) => alteration.kind === 'logo').map(({ distance }) => distance);
  expect(logos).toEqual([...logos].sort((a, b) => a - b));
  expect(logos.at(-1)).toBeGreaterThan(0.1);

  // A picture of one's own is a logo like the others; what is none is refused by name, and what was found stays in sight.
  const own = (name: string, buffer: Buffer) =>
    lab.getByLabel('Your own').setInputFiles({ name, mimeType: 'image/png', buffer });
  await own('words.png', Buffer.from('not a picture'));
  await lab.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('alert')).toContainText('words.png');
  await page.getByRole('button', { name: 'Dismiss message' }).click();
  await expect(lab.getByRole('table')).toContainText('Untrained encoder');
  for (const name of ['This run: MoCo v2, step 6', 'Untrained encoder']) await lab.getByLabel(name).uncheck();
  await own('mine.png', await transparentLogo(page));
  await expect(lab.getByRole('combobox')).toContainText('mine.png');
  await lab.getByRole('button', { name: 'Try it' }).click();
  await expect(lab).toContainText('9 logos on 30 %');

  // The maps on both pictures sum to the very similarity that stands on the neighbour's tile of a plain search.
  await page.evaluate(() => {
    lookalike.actions.searchWith(lookalike.store.getState().training.run?.id ?? '');
    lookalike.actions.searchBy({ refined: false });
  });
  await show(page, 'Explore');
  await tilesOf(page, 'Pictures').nth(3).click();
  const similar = page.getByRole('region', { name: 'Similar pictures' });
  await similar.getByRole('button', { name: 'Why similar?' }).click();
  await expect(similar.getByRole('img', { name: /^Where .*\.jpg adds to the similarity$/ })).toHaveCount(2);
  await tilesOf(page, 'Similar pictures').nth(2).click();
  const third = await page.evaluate(() => lookalike.store.getState().similar.result?.neighbours[2]);
  await expect.poll(async () => (await why(page))?.rows).toEqual([3, third?.row]);
  for (const sum of (await why(page))?.sums ?? []) expect(sum).toBeCloseTo(third?.similarity ?? 0, 4);
  await similar.getByRole('button', { name: 'Close similar pictures' }).click();

  // The chosen representation is what is searched with and exported, also at the next visit.
  const representation = await openLab(page, 'Representation');
  await representation.getByLabel('Layer').selectOption('stage 2');
  await representation.getByLabel('Pooling').selectOption('max');
  await representation.getByLabel('Reduction').selectOption('pca');
  await representation.getByLabel('Dimensions').selectOption('given');
  await representation.getByRole('button', { name: 'Use it' }).click();
  await expect(representation).toContainText('layer2, max pooled, 8 principal components');
  await expect(representation).toContainText('8 dimensions of 32');
  const { id } = await finished(page);
  const header = await page.evaluate(
    async (run) => new TextDecoder().decode((await lookalike.actions.exportRun(run))['embeddings.npy'].slice(0, 128)),
    id,
  );
  expect(header).toContain("'shape': (166, 8)");
  await page.reload();
  await ready(page);
  await show(page, 'Explore');
  await tilesOf(page, 'Pictures').nth(3).click();
  await expect(similar).toContainText('layer2, max pooled, 8 principal components');
  await similar.getByRole('button', { name: 'Why similar?' }).click();
  await expect(similar).toContainText('cannot be traced back to places');
  await openLab(page, 'Representation');
  await representation.getByRole('button', { name: 'Back to the pooled backbone' }).click();
  await expect(representation).toContainText('Now in use: layer3, mean pooled');

  // Every dimension explains itself: its extremes, and where in them it fires, in sums that are its coordinates.
  const dimensions = await openLab(page, 'Dimensions');
  await dimensions.getByRole('button', { name: 'Explain them' }).click();
  await expect(dimensions).toContainText('64 dimensions of this run at step 6');
  await expect(dimensions.getByRole('row', { name: /^brightness/ })).toContainText('%');
  await expect(dimensions.getByRole('img', { name: /^Where the dimension fires in/ })).toHaveCount(12);
  const sums = await page.evaluate(() => {
    const { firing } = lookalike.store.getState().interpretation;
    const size = firing ? firing.height * firing.width : 0;
    return firing?.rows.map((_, i) => firing.maps.slice(i * size, (i + 1) * size).reduce((a, b) => a + b, 0)) ?? [];
  });
  expect(Math.min(...sums.slice(0, 6))).toBeGreaterThan(Math.max(...sums.slice(6)));
  await expectNoBarriers(page);
});
