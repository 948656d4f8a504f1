import { folderOfPictures } from '../bin/pictures';
import { expect, finished, giveFolder, reached, ready, show, stepOf, test, train, visit } from './app';

test('one tab trains at a time; the other one takes over when it ends', async ({ context, page }) => {
  const folder = folderOfPictures(64);
  try {
    await visit(page);
    await giveFolder(page, folder.path);
    await train(page, { steps: 100_000 });
    await reached(page, 5);

    const second = await context.newPage();
    await visit(second);
    await show(second, 'Train');
    await expect(second.getByText(/Another tab is training/).first()).toBeVisible();
    await expect(second.getByRole('button', { name: 'Train another' })).toBeDisabled();
    await second.evaluate(() => lookalike.actions.start());
    await expect(second.getByRole('alert')).toContainText('Another tab is training');
    expect(await stepOf(page)).toBeGreaterThan(0);

    await page.close();
    const resume = second.getByRole('button', { name: 'Resume', exact: true });
    await resume.click();
    await expect.poll(() => second.evaluate(() => lookalike.store.getState().training.session.is)).toBe('training');
    const before = await stepOf(second);
    await reached(second, before + 3);
    await second.getByRole('region', { name: 'Training', exact: true }).getByRole('button', { name: 'Stop' }).click();
    await finished(second, 'stopped');

    // What one tab has done the other one sees after a reload.
    await second.reload();
    await ready(second);
    await expect(second.getByRole('button', { name: 'Train another' })).toBeEnabled();
  } finally {
    folder.remove();
  }
});
