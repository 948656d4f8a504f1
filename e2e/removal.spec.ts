import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import {
  currentDataset,
  embedded,
  expect,
  finished,
  giveFolder,
  show,
  test,
  tilesOf,
  train,
  trainOneStep,
  visit,
} from './app';
import { expectNoBarriers } from './barriers';

let pictures: ReturnType<typeof folderOfPictures>;
test.beforeAll(() => {
  pictures = folderOfPictures(48, { classes: 3 });
});
test.afterAll(() => pictures.remove());

const rows = (page: Page) => page.evaluate(() => lookalike.store.getState().browse.rows);

test('pictures that were set aside are removed for good, and a run, a search and an import go on without them', async ({
  page,
}) => {
  await visit(page);
  await giveFolder(page, pictures.path);
  await embedded(page);
  const paths = await page.evaluate(() => lookalike.store.getState().browse.names.map(({ path }) => path));
  const setAllAside = (aside: boolean) =>
    page.evaluate((on) => lookalike.actions.setAside([...Array(48).keys()], on), aside);
  await setAllAside(true);
  await expect(page.getByText('All pictures are set aside.')).toBeVisible();
  await page.getByRole('button', { name: 'Show them' }).click();
  await expect.poll(() => rows(page)).toHaveLength(48);
  await setAllAside(false);
  await page.evaluate(() => lookalike.actions.setAside([2, 5, 7], true));
  await trainOneStep(page, { start: null, batch: 8, queue: 16 });
  await show(page, 'Explore');
  await page.getByRole('button', { name: 'Set aside 3' }).click();
  const remove = async (count: number): Promise<void> => {
    await page.getByRole('button', { name: `Remove ${count}`, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Remove ${count} pictures?` });
    await expect(dialog.getByText('That cannot be undone.')).toBeVisible();
    await expectNoBarriers(page);
    await dialog.getByRole('button', { name: `Remove ${count}` }).click();
  };
  await remove(3);
  await expect(page.getByText('or a model is trained on it')).toBeVisible();
  await page.evaluate(() => lookalike.actions.stop());
  await finished(page, 'stopped');

  await page.getByRole('button', { name: 'Restore 3' }).click();
  await page.evaluate(() => lookalike.actions.setAside([2, 5], true));
  await page.getByRole('button', { name: 'Set aside 2' }).click();
  await remove(2);
  await expect(page.getByText('2 pictures removed')).toBeVisible();
  await page.reload();
  await expect.poll(() => rows(page)).toHaveLength(46);
  await expect(page.getByRole('button', { name: 'Collections, now' })).toContainText('46');
  await expect(page.getByRole('button', { name: /^Set aside/ })).toHaveCount(0);
  const kept = [...paths.keys()].filter((row) => row !== 2 && row !== 5);
  expect(await rows(page)).toEqual(kept);
  const left = await page.evaluate(() => lookalike.store.getState().browse.names.map(({ path }) => path));
  expect(left).not.toContain(paths[2]);
  await tilesOf(page, 'Pictures').first().click();
  await page.evaluate(() => lookalike.actions.setNeighbourCount(100));
  const found = () => page.evaluate(() => lookalike.store.getState().similar.result?.neighbours.map(({ row }) => row));
  await expect.poll(async () => (await found())?.length).toBe(45);
  expect((await found())?.toSorted((a, b) => a - b)).toEqual(kept.slice(1));

  await train(page, { start: null, batch: 8, queue: 16, steps: 5 });
  const { id } = await finished(page);
  const files = await page.evaluate(async (run) => {
    const { 'images.csv': csv, 'embeddings.npy': npy } = await lookalike.actions.exportRun(run);
    return { csv: new TextDecoder().decode(csv), npy: new TextDecoder('latin1').decode(npy.subarray(0, 128)) };
  }, id);
  expect(files.csv.trim().split('\r\n')).toHaveLength(1 + 46);
  expect(files.npy).toContain("'shape': (46, ");
  // The same folder again: the two are new pictures.
  await page.getByTestId('folder-input').setInputFiles(pictures.path);
  await page.getByRole('button', { name: /^Add to/ }).click();
  await expect
    .poll(() => currentDataset(page))
    .toMatchObject({ count: 50, complete: true, removed: [2, 5], setAside: [2, 5] });
  await expect.poll(() => rows(page)).toEqual([...kept, 48, 49]);
});
