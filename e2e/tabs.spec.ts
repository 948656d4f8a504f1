import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import {
  expect,
  finished,
  giveFolder,
  imported,
  reached,
  ready,
  show,
  stepOf,
  test,
  train,
  trainOneStep,
  visit,
} from './app';

test('one tab trains at a time; the other one takes over when it crashes', async ({ context, page }) => {
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

    const [crashed, session] = [page.waitForEvent('crash'), await context.newCDPSession(page)];
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
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

/** A picture file of one colour, made in the page. */
const makePictures = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const picture = async (i: number): Promise<{ path: string; file: File }> => {
      const canvas = new OffscreenCanvas(40, 40);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.fillStyle = `rgb(${2 * i} 90 ${255 - 2 * i})`;
      context.fillRect(0, 0, 40, 40);
      return { path: `kind ${i % 2}/${i}.png`, file: new File([await canvas.convertToBlob()], `${i}.png`) };
    };
    const rest = Promise.withResolvers<void>();
    const files = async function* () {
      for (let i = 0; i < 96; i++) yield picture(i);
      await rest.promise;
      for (let i = 96; i < 112; i++) yield picture(i);
    };
    Object.assign(globalThis, { giveRest: rest.resolve });
    void lookalike.actions.importFiles({ name: 'Colours', named: true, folders: [], files: files(), only: null });
  });

test('nothing of one tab is lost by another: both show what is stored, and one at a time writes', async ({
  context,
  page,
}) => {
  await visit(page);
  const other = await context.newPage();
  await visit(other);
  const dataset = (tab: Page) => tab.evaluate(() => lookalike.store.getState().library.datasets[0]);
  const stored = (tab: Page) => expect.poll(async () => dataset(tab).then((one) => one?.count));
  const refused = async (words: string): Promise<void> => {
    await expect(other.getByRole('alert')).toContainText(words);
    await other.getByRole('button', { name: 'Dismiss message' }).first().click();
  };

  // One tab imports; the other one lists the collection as it grows, renames it and pins a picture of it.
  await makePictures(page);
  await stored(other).toBe(96);
  const { id } = await dataset(other);
  await other.evaluate((of) => lookalike.actions.selectDataset(of), id);
  await other.evaluate((of) => {
    lookalike.actions.renameDataset(of, 'Shades');
    lookalike.actions.pinProbe(3);
  }, id);
  await expect(page.getByRole('button', { name: /Shades/ })).toBeVisible();
  // It may neither add to it nor delete it.
  await other.evaluate(async (of) => {
    await lookalike.actions.importFiles([{ path: 'x.png', file: new File(['x'], 'x.png') }], { into: of });
  }, id);
  await refused('Another tab imports into this collection or trains on it.');
  await other.evaluate((of) => lookalike.actions.deleteDataset(of), id);
  await refused('Pictures are being imported into this collection, or a model is trained on it.');
  await page.evaluate(() => (globalThis as unknown as { giveRest(): void }).giveRest());
  await imported(page);
  for (const tab of [page, other]) {
    await stored(tab).toBe(112);
    expect(await dataset(tab)).toMatchObject({ name: 'Shades', pins: [3], complete: true });
  }

  // Labels given in one tab are there in the other.
  await other.evaluate(() => lookalike.actions.giveLabel('mine', 'good', [0, 1]));
  await expect
    .poll(() => page.evaluate(() => lookalike.store.getState().labels.columns.map(({ name }) => name)))
    .toEqual(['mine']);

  // What one tab trains the other one cannot delete; afterwards it can, and the first one says so.
  await trainOneStep(page);
  await other.evaluate((of) => lookalike.actions.deleteDataset(of), id);
  await refused('Pictures are being imported into this collection, or a model is trained on it.');
  await page.evaluate(() => lookalike.actions.stop());
  await finished(page, 'stopped');
  await expect
    .poll(() => other.evaluate(() => lookalike.store.getState().encoders.runs.map(({ run }) => run.status)))
    .toEqual(['stopped']);
  await other.evaluate((of) => lookalike.actions.deleteDataset(of), id);
  await expect(page.getByRole('heading', { name: 'Find look-alikes in your own pictures' })).toBeVisible();
  await expect(page.getByText('“Shades” was deleted in another tab.')).toBeVisible();
});
