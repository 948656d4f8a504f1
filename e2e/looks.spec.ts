import { folderOfPictures } from '../bin/pictures';
import { expect, finished, giveFolder, openDetails, planRun, show, test, tilesOf, train, visit } from './app';
import { expectNoBarriers } from './barriers';

const THEMES = ['light', 'dark'] as const;

test('nothing serious stands in the way of assistive technology, and pictures are reached with the keyboard', async ({
  page,
}) => {
  const expectNoBarriersInAnyTheme = async (): Promise<void> => {
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      await expectNoBarriers(page);
    }
  };
  await visit(page);
  await expectNoBarriersInAnyTheme();
  const folder = folderOfPictures(48);
  await giveFolder(page, folder.path);
  folder.remove();
  await train(page, { batch: 8, queue: 16, steps: 4 });
  await finished(page);
  await openDetails(page);
  await planRun(page);
  await page.getByText('All settings').click();
  const regions = ['Training', 'Nearest pictures, before and now', 'Search quality', 'Loss', 'Performance', 'Settings'];
  for (const name of regions) await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  await expectNoBarriersInAnyTheme();
  await show(page, 'Explore');
  const tiles = tilesOf(page, 'Pictures');
  await expect(tiles.first()).toHaveAccessibleName(/\.png/);
  await tiles.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Similar pictures' })).toBeVisible();
  expect(await page.evaluate(() => lookalike.store.getState().similar.row)).toBe(1);
  await expectNoBarriersInAnyTheme();
  // Columns scroll, the page does not: a wheel past a column's end must not move it away.
  const beyond = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(await beyond()).toBeLessThanOrEqual(0);
  // Nor does anything slide sideways, on a phone, where tables are cards, or at 200 % zoom of a laptop.
  const sideways = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.stage, .table-scroll, .panel')]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
        .map(({ className }) => className),
    );
  await show(page, 'Labs');
  const labs = page.locator('.lab > summary');
  await expect(labs).toHaveCount(7);
  for (const lab of await labs.all()) await lab.click();
  await expect(page.getByRole('region', { name: 'Batch sizes' })).toBeVisible();
  await expectNoBarriersInAnyTheme();
  for (const screen of ['labs', 'explore', 'train', 'models', 'compare', 'labels'] as const) {
    await page.evaluate((to) => lookalike.actions.goTo(to), screen);
    for (const [width, height] of [
      [390, 844],
      [720, 450],
    ]) {
      await page.setViewportSize({ width, height });
      expect([screen, width, await sideways()]).toEqual([screen, width, []]);
      expect(await beyond()).toBeLessThanOrEqual(0);
    }
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => lookalike.actions.select(null));
  await show(page, 'Explore');
  for (const name of ['Map', 'Tidy up']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
    expect([name, await sideways()]).toEqual([name, []]);
  }
});
