import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type Served, serve } from '../bin/server';
import type {} from '../src/app/session/scripting';
import type { RunConfig } from '../src/core/config';
import type { Dataset, Run } from '../src/core/records';

/** The smallest run that learns: about a second for 30 steps on two cores. */
export const FAST: Partial<RunConfig> = {
  backbone: 'resnet8',
  width: 16,
  side: 32,
  batch: 16,
  queue: 64,
  steps: 30,
};

interface Journey {
  /** What the page complained about in its console: a journey ends without a word there, unless it says what it expects. */
  complaints: string[];
}

/** Journeys start on the served app. A page that throws, logs an error or breaks its own policy fails its journey. */
export const test = base.extend<Journey, { app: Served }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const served = await serve();
      await use(served);
      await served.close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ app }, use) => use(app.url),
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on('weberror', (error) => complaints.push(String(error.error())));
      context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/**
 * Opens the page and waits until it knows its library and its device.
 * @param embeds whether pictures are embedded as soon as they are in, as they are for people: most journeys need it not
 */
export async function visit(page: Page, address = './', { embeds = false } = {}): Promise<void> {
  await page.goto(address);
  await ready(page);
  await page.evaluate((on) => lookalike.actions.embedAtOnce(on), embeds);
}

export async function ready(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => globalThis.lookalike?.store.getState().library.ready), { timeout: 120_000 })
    .toBe(true);
  await expect
    .poll(() => page.evaluate(() => lookalike.store.getState().device.report !== null), { timeout: 120_000 })
    .toBe(true);
}

export const currentDataset = (page: Page): Promise<Dataset> =>
  page.evaluate(() => {
    const { datasets, current } = lookalike.store.getState().library;
    const dataset = datasets.find(({ id }) => id === current);
    if (!dataset) throw new Error('There is no data set on the page.');
    return dataset;
  });

/** Waits until the import has ended with a complete data set. */
export async function imported(page: Page): Promise<Dataset> {
  await expect
    .poll(
      () =>
        page.evaluate(() => {
          const { importing, datasets, current } = lookalike.store.getState().library;
          return importing === null && datasets.find(({ id }) => id === current)?.complete === true;
        }),
      { timeout: 600_000 },
    )
    .toBe(true);
  return currentDataset(page);
}

/** Gives files to the page's folder input, as its "Choose folder" button does. */
export async function giveFolder(page: Page, folder: string): Promise<Dataset> {
  await page.getByTestId('folder-input').setInputFiles(folder);
  return imported(page);
}

export async function giveSample(page: Page): Promise<Dataset> {
  await page.getByRole('button', { name: 'Try with sample pictures' }).click();
  return imported(page);
}

export const configure = (page: Page, values: Partial<RunConfig>): Promise<void> =>
  page.evaluate((chosen) => lookalike.actions.configure(chosen), values);

export const runOf = (page: Page): Promise<Run | null> => page.evaluate(() => lookalike.store.getState().training.run);

export const stepOf = (page: Page): Promise<number> => page.evaluate(() => lookalike.store.stepReports.last);

/** Shows one of the page's screens, by its tab; the labs' is there for experts. */
export async function show(page: Page, screen: 'Explore' | 'Train' | 'Models' | 'Labels' | 'Labs'): Promise<void> {
  if (screen === 'Labs') await page.evaluate(() => lookalike.actions.setExpert(true));
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen, exact: true }).click();
}

/** Opens a lab, and gives its region. */
export async function openLab(page: Page, title: string): Promise<Locator> {
  await show(page, 'Labs');
  const name = page.locator('.lab-title').getByText(title, { exact: true });
  const lab = page.locator('details.lab').filter({ has: name });
  if ((await lab.getAttribute('open')) === null) await lab.locator('summary').first().click();
  return page.getByRole('region', { name: title });
}

/** Shows the card of the next run. */
export async function planRun(page: Page): Promise<void> {
  await show(page, 'Train');
  const another = page.getByRole('button', { name: 'Train another' });
  await page.getByRole('button', { name: 'Start training' }).or(another).waitFor();
  if (await another.isVisible()) await another.click();
}

/** Opens the loss, views and speed of the run on the Train screen. */
export const openDetails = (page: Page): Promise<void> => page.getByText('Details', { exact: true }).click();

/** Starts a run with these settings. */
export async function train(page: Page, values: Partial<RunConfig> = {}): Promise<void> {
  await planRun(page);
  await configure(page, { ...FAST, ...values });
  await page.getByRole('button', { name: 'Start training' }).click();
}

/** Starts a run that pauses itself after its first step, saved, however fast the machine is. */
export async function trainOneStep(page: Page, values: Partial<RunConfig> = {}): Promise<void> {
  await configure(page, { ...FAST, ...values });
  await page.evaluate(async () => {
    await lookalike.actions.start();
    lookalike.actions.pause();
  });
  await expect
    .poll(() => page.evaluate(() => lookalike.store.getState().training.message), { timeout: 120_000 })
    .toMatch(/^Paused at step/);
}

/** Waits until at least this many steps are done. The page says so itself: asked again and again, it may be far beyond. */
export const reached = (page: Page, step: number): Promise<void> =>
  page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const { stepReports } = lookalike.store;
        const look = (): void => {
          if (stepReports.last < wanted) return;
          stop();
          resolve();
        };
        const stop = stepReports.subscribe(look);
        look();
      }),
    step,
  );

/** Waits until the run has finished and everything of it is stored. */
export async function finished(page: Page, status: Run['status'] = 'finished'): Promise<Run> {
  await expect
    .poll(
      () =>
        page.evaluate(() => {
          const { run, session } = lookalike.store.getState().training;
          return ['idle', 'interrupted'].includes(session.is) ? run?.status : session.is;
        }),
      { timeout: 600_000 },
    )
    .toBe(status);
  const run = await runOf(page);
  if (!run) throw new Error('There is no run on the page.');
  return run;
}

/** What a finished run comes down to: SHA-256 of its weights and embeddings, and its losses. */
export const outcome = (page: Page, run: string): Promise<{ weights: string; embeddings: string; losses: string[] }> =>
  page.evaluate(async (id) => {
    const files = await lookalike.actions.exportRun(id);
    const [weights, embeddings] = await Promise.all(
      ['model.safetensors', 'embeddings.npy'].map(async (name) =>
        [...new Uint8Array(await crypto.subtle.digest('SHA-256', files[name].slice().buffer))].join(' '),
      ),
    );
    const losses = new TextDecoder()
      .decode(files['loss.csv'])
      .trim()
      .split('\r\n')
      .map((line) => line.split(',').slice(0, 3).join(' '));
    return { weights, embeddings, losses };
  }, run);

/** Waits until the pictures are embedded by MobileNetV2, the faster network, which then searches. */
export async function embedded(page: Page): Promise<void> {
  await page.evaluate(() => lookalike.actions.addPretrained('mobilenet-v2', { views: false }));
  await expect
    .poll(() => page.evaluate(() => lookalike.store.getState().encoders.embedded.has('pretrained mobilenet-v2')), {
      timeout: 300_000,
    })
    .toBe(true);
  await page.evaluate(() => lookalike.actions.searchWith('pretrained mobilenet-v2'));
}

/** Picture tiles of a region, named by their paths. */
export const tilesOf = (page: Page, region: 'Pictures' | 'Similar pictures'): Locator =>
  page.getByRole('region', { name: region, exact: true }).locator('[role=option]');
