import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import {
  currentDataset,
  expect,
  finished,
  giveFolder,
  outcome,
  reached,
  ready,
  runOf,
  show,
  test,
  train,
  trainOneStep,
  visit,
} from './app';
import { killerOf, Profile } from './profile';

const STEPS = 60;
/** More than any machine does before the run is stopped. */
const MANY = 100_000;

let folder: ReturnType<typeof folderOfPictures>;
test.beforeAll(() => {
  folder = folderOfPictures(96);
});
test.afterAll(() => folder.remove());

test('pause, resume, stop, extend', async ({ page }) => {
  await visit(page);
  await giveFolder(page, folder.path);
  await train(page, { steps: MANY });
  await reached(page, 3);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Training', exact: true })).toContainText(/Step \d+ of .*paused/);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await reached(page, 10);
  await page.getByRole('region', { name: 'Training', exact: true }).getByRole('button', { name: 'Stop' }).click();
  const stopped = await finished(page, 'stopped');
  expect(stopped.step).toBeLessThan(MANY);
  await page.getByRole('button', { name: /^Train [\d,]+ more steps$/ }).click();
  const extended = await finished(page);
  expect(extended.id).toBe(stopped.id);
  expect(extended.step).toBeGreaterThanOrEqual(stopped.step + 10);
});

test('after a reload, and after a killed browser, the run is resumed and ends exactly where an uninterrupted one does', async ({
  app,
}) => {
  const profile = new Profile();
  try {
    let context = await profile.launch();
    let page = await context.newPage();
    const kill = await killerOf(context);
    await visit(page, app.url);
    await giveFolder(page, folder.path);
    await train(page, { steps: STEPS });
    const whole = await outcome(page, (await finished(page)).id);

    // The checkpoint is of the first step; the steps after it are lost, and done again.
    await trainOneStep(page, { steps: STEPS });
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await reached(page, 5);
    await page.reload();
    await ready(page);
    const cut = await runOf(page);
    expect(cut?.status).not.toBe('finished');
    // Whatever is on the screen, the run is offered.
    await show(page, 'Explore');
    await expect(page.getByText(/^Interrupted at step \d+ of 60\.$/)).toBeVisible();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await reached(page, 3);
    const saved = await hidden(page);
    await kill();

    context = await profile.launch();
    page = await context.newPage();
    await visit(page, app.url);
    await show(page, 'Train');
    expect((await page.evaluate(() => lookalike.store.getState().library.datasets)).map(({ count }) => count)).toEqual([
      96,
    ]);
    expect((await runOf(page))?.step).toBeGreaterThanOrEqual(saved);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    const resumed = await finished(page);
    expect(resumed.id).toBe(cut?.id);
    expect(await outcome(page, resumed.id)).toEqual(whole);
    await context.close();
  } finally {
    profile.remove();
  }
});

test('a folder that is given again after a kill in the middle of its import goes on, with each picture once', async ({
  app,
}) => {
  const profile = new Profile();
  const many = folderOfPictures(300);
  try {
    const first = await profile.launch();
    const cut = await first.newPage();
    const kill = await killerOf(first);
    await visit(cut, app.url);
    await cut.getByTestId('folder-input').setInputFiles(many.path);
    await cut.waitForFunction(() => (lookalike.store.getState().library.datasets[0]?.count ?? 0) >= 40);
    const acknowledged = (await currentDataset(cut)).count;
    await kill();

    const context = await profile.launch();
    const page = await context.newPage();
    await visit(page, app.url);
    expect((await currentDataset(page)).count).toBeGreaterThanOrEqual(acknowledged);
    const { count } = await giveFolder(page, many.path);
    const paths = await page.evaluate(async () => (await lookalike.pictures.imagesAt(0, 300)).map(({ path }) => path));
    expect([count, new Set(paths).size]).toEqual([300, 300]);
    await context.close();
  } finally {
    profile.remove();
    many.remove();
  }
});

/** Lets the page believe that its tab was hidden; resolves with the step that it saves for that. */
const hidden = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { store } = lookalike;
    const savedStep = (): number => store.getState().training.saved?.step ?? 0;
    const before = savedStep();
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    return new Promise((resolve) => {
      const stop = store.subscribe(() => {
        if (savedStep() === before) return;
        stop();
        resolve(savedStep());
      });
    });
  });
