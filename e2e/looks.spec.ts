import { expect, finished, giveSample, test, tilesOf, train, visit } from './app';
import { expectNoBarriers } from './barriers';

for (const theme of ['light', 'dark'] as const) {
  test(`nothing serious stands in the way of assistive technology, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await visit(page);
    await expectNoBarriers(page);
    await giveSample(page);
    await train(page, { steps: 4 });
    await finished(page);
    await tilesOf(page, 'Pictures').first().click();
    await expect(page.getByRole('region', { name: 'Similar pictures' })).toBeVisible();
    await expectNoBarriers(page);
    // Columns scroll, the page does not: a wheel past a column's end must not move it away.
    const beyond = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(await beyond()).toBeLessThanOrEqual(0);
  });
}

test('regions have their names, and pictures are reached with the keyboard', async ({ page }) => {
  await visit(page);
  await giveSample(page);
  await train(page, { steps: 4 });
  await finished(page);
  for (const name of ['Pictures', 'Training', 'Loss', 'Performance', 'Probe neighbours', 'Settings'])
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  const tiles = tilesOf(page, 'Pictures');
  await expect(tiles.first()).toHaveAccessibleName(/\.jpg/);
  await tiles.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Similar pictures' })).toBeVisible();
  expect(await page.evaluate(() => lookalike.store.getState().similar.row)).toBe(1);
});
