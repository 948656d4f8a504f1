import { folderOfPictures } from '../bin/pictures';
import { expect, finished, giveFolder, openLab, planRun, ready, show, test, tilesOf, train, visit } from './app';

test('a network that comes with the page is measured beside the others, and is there after a reload', async ({
  page,
}) => {
  const folder = folderOfPictures(12);
  try {
    await visit(page);
    await giveFolder(page, folder.path);
    await show(page, 'Models');
    const encoders = page.getByRole('region', { name: 'Models' });
    const embed = encoders.getByRole('listitem', { name: 'MobileNetV2' }).getByRole('button', { name: 'Embed' });
    await embed.click();
    await encoders.getByRole('button', { name: 'Cancel' }).click();
    await expect(encoders.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
    await embed.click();
    const row = encoders.getByRole('listitem', { name: 'MobileNetV2' });
    await expect(row.getByRole('button', { name: 'Use' })).toBeEnabled({ timeout: 120_000 });
    const of = 'pretrained mobilenet-v2';
    const like = await page.evaluate((run) => lookalike.actions.neighboursIn(run, 0, 3), of);
    expect(like?.about).toContain('MobileNetV2');
    expect(like?.neighbours).toHaveLength(3);
    await page.reload();
    await ready(page);
    await expect(row.getByRole('button', { name: 'Use' })).toBeEnabled({ timeout: 60_000 });

    // In the lab a network is tried like the others, and what is stopped leaves those that are done.
    const lab = await openLab(page, 'Sensitivity lab');
    await expect(lab.getByLabel('MobileNetV2')).toBeChecked();
    for (const name of ['Colour histogram', 'Untrained encoder']) await lab.getByLabel(name).uncheck();
    await lab.getByRole('button', { name: 'Try it' }).click();
    await expect(lab).toContainText('Embedding altered pictures');
    await expect(lab.getByRole('table')).toContainText('Raw pixels');
    await lab.getByRole('button', { name: 'Stop' }).click();
    await expect(lab.getByRole('button', { name: 'Try it' })).toBeEnabled();
    await expect(lab.getByRole('table')).not.toContainText('MobileNetV2');
  } finally {
    folder.remove();
  }
});

test('a first click finds what InceptionV3 finds; what was embedded is there after a reload', async ({ page }) => {
  const folder = folderOfPictures(24);
  try {
    await visit(page, './', { embeds: true });
    await giveFolder(page, folder.path);
    const similar = page.getByRole('region', { name: 'Similar pictures' });
    await tilesOf(page, 'Pictures').first().click();
    await expect(similar).toContainText('Nearest by InceptionV3');
    await expect(similar).toContainText('among 24 pictures');
    const found = await page.evaluate(() => lookalike.store.getState().similar.result?.neighbours);
    expect(found).toHaveLength(23);
    await page.reload();
    await ready(page);
    await tilesOf(page, 'Pictures').first().click();
    await expect(similar).toContainText('Nearest by InceptionV3');
    expect(await page.evaluate(() => lookalike.store.getState().similar.result?.neighbours)).toEqual(found);
  } finally {
    folder.remove();
  }
});

test('the first embedding gives way to a run, goes on after it, and is not begun again once it is cancelled', async ({
  page,
}) => {
  const folder = folderOfPictures(600);
  try {
    await visit(page, './', { embeds: true });
    await giveFolder(page, folder.path);
    const status = page.getByRole('contentinfo');
    const cancel = status.getByRole('button', { name: 'Cancel' });
    await expect(status.getByRole('progressbar').first()).toBeVisible();
    // Some are there, and can be searched, before all are.
    await tilesOf(page, 'Pictures').first().click();
    await expect(page.getByRole('region', { name: 'Similar pictures' })).toContainText(/among the first \d+ of 600/);
    await train(page, { batch: 8, queue: 16, steps: 5 });
    await finished(page);
    await expect(cancel).toBeVisible();
    await cancel.click();
    await expect(cancel).toHaveCount(0);
    await page.reload();
    await ready(page);
    await show(page, 'Models');
    await expect(page.getByRole('listitem', { name: 'Untrained encoder' })).toBeVisible();
    await show(page, 'Explore');
    await expect(cancel).toHaveCount(0);
    // What was embedded of it still answers: a run does not take its place by itself.
    await tilesOf(page, 'Pictures').first().click();
    await expect(page.getByRole('region', { name: 'Similar pictures' })).toContainText(
      /InceptionV3.*among the first \d+ of 600/,
    );
  } finally {
    folder.remove();
  }
});

test('a run starts from weights that another run saved, and says so; a file that is none is refused by name', async ({
  page,
}) => {
  const folder = folderOfPictures(64);
  try {
    await visit(page);
    await giveFolder(page, folder.path);
    await train(page, { batch: 8, queue: 16, steps: 5 });
    await finished(page);
    const weights = await page.evaluate(async () => {
      const { run } = lookalike.store.getState().training;
      const files = await lookalike.actions.exportRun(run?.id ?? '');
      return [...files['model.safetensors']];
    });
    const settings = page.getByRole('region', { name: 'Training', exact: true });
    await planRun(page);
    const give = (name: string, bytes: number[]): Promise<void> =>
      page.getByTestId('weights-input').setInputFiles({ name, mimeType: '', buffer: Buffer.from(bytes) });
    await give('mine.safetensors', weights);
    await expect(settings.getByLabel('Start from')).toContainText('mine.safetensors');
    await expect(settings.getByLabel('Start from')).not.toHaveValue('');

    // As they are, they embed what the run they came from embeds, and the lab finds the same of both.
    await show(page, 'Models');
    const encoders = page.getByRole('region', { name: 'Models' });
    const mine = encoders.getByRole('listitem', { name: 'mine.safetensors' });
    await mine.getByRole('button', { name: 'Embed' }).click();
    const lab = await openLab(page, 'Sensitivity lab');
    const others = ['Raw pixels', 'Colour histogram', 'Untrained encoder'];
    for (const name of others) await lab.getByLabel(name).uncheck();
    await expect(lab.getByLabel('mine.safetensors, as it is')).toBeChecked({ timeout: 60_000 });
    await lab.getByRole('button', { name: 'Try it' }).click();
    await expect(lab.getByRole('table')).toContainText('mine.safetensors, as it is', { timeout: 60_000 });
    const reports = await page.evaluate(() => lookalike.store.getState().interpretation.sensitivity?.reports ?? []);
    expect(reports.map(({ subject }) => Object.keys(subject))).toEqual([['run'], ['weights']]);
    const [run, file] = reports.map(({ results }) => results.map(({ distance }) => distance));
    for (const [i, distance] of run.entries()) expect(file[i]).toBeCloseTo(distance, 4);
    expect(Math.max(...run)).toBeGreaterThan(0.01);

    await planRun(page);
    await give('other.safetensors', [1, 2, 3]);
    await expect(page.getByRole('alert')).toContainText('other.safetensors');
    await page.getByRole('button', { name: 'Start training' }).click();
    await expect
      .poll(() => page.evaluate(() => lookalike.store.getState().training.run?.config.start))
      .toMatchObject({ name: 'mine.safetensors' });
    await finished(page);

    await planRun(page);
    // Exports of all runs have one name: another content gets one of its own, and the same content keeps its.
    const chosen = settings.getByLabel('Start from').locator('option:checked');
    const changed = [...weights];
    changed[changed.length - 4] ^= 1;
    await give('mine.safetensors', changed);
    await expect(chosen).toHaveText(/^mine \(2\)\.safetensors/);
    await give('again.safetensors', weights);
    await expect(chosen).toHaveText(/^mine\.safetensors/);
  } finally {
    folder.remove();
  }
});
