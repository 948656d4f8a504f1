import type { Locator, Page } from '@playwright/test';
import {
  configure,
  expect,
  FAST,
  finished,
  giveSample,
  imported,
  openDetails,
  reached,
  ready,
  test,
  tilesOf,
  train,
  visit,
} from './app';
import { blockingTasks } from './tasks';

/** Presses a key until this has the focus, as Tab does; says how often. */
async function focus(page: Page, wanted: Locator, key = 'Tab'): Promise<number> {
  for (let pressed = 1; pressed <= 80; pressed++) {
    await page.keyboard.press(key);
    if (await wanted.evaluate((element) => element === document.activeElement)) return pressed;
  }
  throw new Error(`${key} does not lead to ${wanted}`);
}

/** Goes to a screen by its tab. */
async function goTo(page: Page, screen: string): Promise<void> {
  await focus(page, page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }), 'Shift+Tab');
  await page.keyboard.press('Enter');
}

test('the keyboard alone leads from sample pictures to neighbours, a trained model and its use', async ({ page }) => {
  const similar = page.getByRole('region', { name: 'Similar pictures' });
  const training = page.getByRole('region', { name: 'Training', exact: true });
  const model = (name: string) => page.getByRole('listitem', { name, exact: true });
  await visit(page);
  await focus(page, page.getByRole('button', { name: 'Try with sample pictures' }));
  await page.keyboard.press('Enter');
  await imported(page);
  // A pretrained network is what training has to beat.
  await goTo(page, 'Models');
  await focus(page, model('MobileNetV2').getByRole('button', { name: 'Embed' }));
  await page.keyboard.press('Enter');
  await expect(model('MobileNetV2')).toContainText('mAP@R', { timeout: 600_000 });
  await focus(page, model('MobileNetV2').getByRole('button', { name: 'Use MobileNetV2' }));
  await page.keyboard.press('Enter');
  await expect(model('MobileNetV2')).toContainText('in use');

  // From a word to pictures, to the like of one, to the like of one of these.
  await goTo(page, 'Explore');
  await page.keyboard.press('/');
  await page.keyboard.type('windmill');
  await expect(page.getByText(/^\d+ found$/)).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await focus(page, tilesOf(page, 'Similar pictures').first());
  await page.keyboard.press('ArrowRight');
  const second = await page.evaluate(() => lookalike.store.getState().similar.result?.neighbours[1].row);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => lookalike.store.getState().similar.row)).toBe(second);
  await page.keyboard.press('Escape');
  await expect(similar).toHaveCount(0);

  await goTo(page, 'Train');
  await configure(page, { ...FAST, batch: 32, queue: 64, steps: 30 });
  expect(await focus(page, page.getByRole('button', { name: 'Start training' }))).toBeLessThan(12);
  await page.keyboard.press('Enter');
  await finished(page);
  await expect(training).toContainText('Finished step 30 of 30');
  await focus(page, training.getByRole('button', { name: 'Use it' }));
  await page.keyboard.press('Enter');
  await goTo(page, 'Models');
  await expect(model('MoCo v2')).toContainText('in use');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');

  // The grid of the probe pictures is another one than before training, and the scrubber has both.
  const history = await page.evaluate(() => lookalike.store.getState().probes.history);
  const places = history.map(({ probes }) =>
    JSON.stringify(probes.map(({ neighbours }) => neighbours.map(({ row }) => row))),
  );
  expect(history[0].step).toBe(0);
  expect(history.at(-1)?.step).toBe(30);
  expect(places.at(-1)).not.toBe(places[0]);

  // The run searches once it is used, and from then on.
  await goTo(page, 'Explore');
  await page.evaluate(() => lookalike.actions.browse({ words: '' }));
  const tile = tilesOf(page, 'Pictures').nth(3);
  await expect(tile).toHaveAccessibleName(/\.jpg/);
  await tile.click();
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
