import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import { sidesOf } from '../src/features/encoders/blind_test/questions';
import { expect, finished, giveFolder, ready, show, test, train, visit } from './app';
import { expectNoBarriers } from './barriers';

/** Reaches an element by Tab alone, as one without a mouse does. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole('button', { name }).and(page.locator(':focus'));
  await expect
    .poll(async () => {
      await page.keyboard.press('Tab');
      return wanted.count();
    })
    .toBe(1);
}

test('a blind test by keyboard alone names the better encoder, stays after a reload, and goes with the run', async ({
  page,
}) => {
  const folder = folderOfPictures(32);
  try {
    await visit(page, './', { embeds: true });
    await giveFolder(page, folder.path);
    // The first click's encoder goes first: a run would put it off.
    await expect
      .poll(
        () =>
          page.evaluate(
            async (id) => (await lookalike.actions.neighboursIn(id, 31, 1))?.among,
            'pretrained inception-v3',
          ),
        { timeout: 600_000 },
      )
      .toBe(32);
    await train(page, { batch: 8, queue: 16, steps: 5 });
    const run = await finished(page);
    await show(page, 'Models');
    const encoders = page.getByRole('region', { name: 'Models' });
    const open = encoders.getByRole('button', { name: 'Blind test' });
    await expect(open).toBeEnabled();
    await open.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Blind test' });
    await expect(dialog.getByRole('button', { name: 'Begin' })).toBeFocused();
    await page.keyboard.press('Enter');

    const status = dialog.getByRole('status');
    const question = (number: number) => expect(status).toHaveText(`Question ${number} of 10`);
    await question(1);
    await expect(dialog.locator('.blind-tile img')).toHaveCount(16);
    await expect(dialog.locator('.dialog-body')).not.toContainText(/Inception|MoCo/);
    await expectNoBarriers(page);
    const place = async () => (await dialog.locator('.blind-row').first().boundingBox())?.y;
    const before = await place();
    await page.keyboard.press('2');
    await question(2);
    await page.keyboard.press('0');
    await question(3);
    await page.keyboard.press('Backspace');
    await question(2);
    expect(await place()).toBe(before);
    // Left and taken up again: what was answered is still there.
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(encoders.getByText('1 of 10 answered')).toHaveCount(2);
    await expect(open).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Go on' })).toBeFocused();
    await page.keyboard.press('Enter');
    await question(2);
    // Whoever always prefers the run, wherever its row stands.
    const test = () => page.evaluate(() => lookalike.store.getState().blindTest?.test);
    for (let number = 2; number <= 10; number++) {
      await expect(dialog.locator('.blind-tile img')).toHaveCount(16);
      const { seed = 0, encoders: pair = [] } = (await test()) ?? {};
      const place = 1 + sidesOf(seed, number - 1).findIndex((side) => pair[side]?.id === run.id);
      if (number === 2) {
        await tabTo(page, `Row ${place} is better`);
        await page.keyboard.press('Enter');
      } else await page.keyboard.press(String(place));
      if (number < 10) await question(number + 1);
    }
    const result = dialog.getByRole('heading', { level: 3 });
    await expect(result).toBeFocused();
    await expect(result).toContainText(/MoCo v2.*(9|10) of 10 \(\d+\s% to \d+\s%\)/);
    await expectNoBarriers(page);
    await tabTo(page, 'Close');
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);

    await page.reload();
    await ready(page);
    await expect(encoders.getByText(/Blind test against MoCo v2.*: preferred in \d+ of 10/)).toBeVisible();
    await expect(encoders.getByText(/Blind test against InceptionV3: preferred in \d+ of 10/)).toBeVisible();
    await page.evaluate((id) => lookalike.actions.deleteEncoder(id), run.id);
    await expect(encoders.getByText(/Blind test against/)).toHaveCount(0);
    // The row goes when the trainer has deleted it: a reload before that would be one before the deletion.
    await expect(encoders.getByText(/MoCo/)).toHaveCount(0);
    await page.reload();
    await ready(page);
    await expect(encoders.getByText('InceptionV3').first()).toBeVisible();
    await expect(encoders.getByText(/Blind test against/)).toHaveCount(0);
  } finally {
    folder.remove();
  }
});
