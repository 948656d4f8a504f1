import { expect, finished, giveSample, openDetails, reached, ready, show, test, tilesOf, train, visit } from './app';
import { blockingTasks } from './tasks';

test('from sample pictures to a click on a picture and the ones like it', async ({ page }) => {
  await visit(page);
  await giveSample(page);
  await expect(page.getByRole('region', { name: 'Pictures', exact: true })).toBeVisible();

  const probes = page.getByRole('region', { name: 'Nearest pictures, before and now' });
  await train(page, { batch: 32, queue: 64, steps: 30 });
  await openDetails(page);
  await expect(page.getByRole('region', { name: 'Loss' })).toBeVisible();
  await finished(page);
  await expect(page.getByRole('region', { name: 'Training', exact: true })).toContainText('Finished step 30 of 30');

  // The grid of the probe pictures is another one than before training, and the scrubber has both.
  const history = await page.evaluate(() => lookalike.store.getState().probes.history);
  const places = history.map(({ probes }) =>
    JSON.stringify(probes.map(({ neighbours }) => neighbours.map(({ row }) => row))),
  );
  expect(history[0].step).toBe(0);
  expect(history.at(-1)?.step).toBe(30);
  expect(places.at(-1)).not.toBe(places[0]);
  await expect(probes.getByRole('img').first()).toBeVisible();

  // The run searches once it is chosen, and from then on.
  await page.evaluate(() => lookalike.actions.searchWith(lookalike.store.getState().training.run?.id ?? ''));
  await show(page, 'Explore');
  const tile = tilesOf(page, 'Pictures').nth(3);
  await expect(tile).toHaveAccessibleName(/\.jpg/);
  await tile.click();
  const similar = page.getByRole('region', { name: 'Similar pictures' });
  await expect(similar).toContainText('step 30');
  await expect(tilesOf(page, 'Similar pictures').first()).toBeVisible();
  const found = await page.evaluate(() => lookalike.store.getState().similar.result);
  expect(found?.step).toBe(30);
  expect(found?.neighbours.map(({ row }) => row)).not.toContain(found?.row);
  const scores = found?.neighbours.map(({ similarity }) => similarity) ?? [];
  expect(scores).toEqual([...scores].sort((a, b) => b - a));

  // After a reload search goes on from what is stored, without any training.
  await page.reload();
  await ready(page);
  await tilesOf(page, 'Pictures').nth(3).click();
  await expect
    .poll(() => page.evaluate(() => lookalike.store.getState().similar.result))
    .toEqual({
      ...found,
      milliseconds: expect.any(Number),
    });
});

test('while a run is shown, views and all, no task of the page works for more than 50 ms', { tag: '@alone' }, async ({
  page,
  browser,
}) => {
  await visit(page);
  await giveSample(page);
  await train(page, { steps: 400 });
  await openDetails(page);
  await page.getByLabel('Show them').check();
  await reached(page, 5);
  const hundred = (trial: number) => reached(page, 105 + 100 * trial);
  expect(await blockingTasks(browser, page, hundred)).toEqual([]);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await finished(page, 'stopped');
});
