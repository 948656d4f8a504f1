import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import { serve } from '../bin/server';
import { expect, finished, giveFolder, planRun, test, train, visit } from './app';

let folder: ReturnType<typeof folderOfPictures>;
test.beforeAll(() => {
  folder = folderOfPictures(64);
});
test.afterAll(() => folder.remove());

const device = () => lookalike.store.getState().device.report;

/** Chooses what trains, and waits until it does what is expected of it. */
async function choose(page: Page, backend: string, expected: Record<string, unknown>): Promise<void> {
  await planRun(page);
  const choice = page.getByText('Choose what trains');
  if (!(await choice.isVisible())) await page.getByText('All settings').click();
  await choice.click();
  await page.getByLabel('Device', { exact: true }).selectOption(backend);
  await expect.poll(() => page.evaluate(device), { timeout: 200_000 }).toMatchObject(expected);
}

/** Keeps every sentence of the status line from now on. */
const noteStatus = (page: Page): Promise<void> =>
  page
    .getByRole('contentinfo')
    .getByRole('status')
    .evaluate((line) => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      new MutationObserver(() => said.push(line.textContent ?? '')).observe(line, {
        characterData: true,
        childList: true,
        subtree: true,
      });
    });
const notedStatus = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { said: string[] }).said);

test('where pages get isolated WebAssembly has its threads, and the page says what trains and why', async ({
  page,
}) => {
  await visit(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const report = await page.evaluate(device);
  expect(report?.backend).toBe('wasm');
  expect(report?.name).toMatch(/thread/);
  await giveFolder(page, folder.path);
  await planRun(page);
  await page.getByText('All settings').click();
  await expect(page.getByText(report?.why ?? '?').first()).toBeVisible();
});

test('without isolation and without WebGPU it trains all the same', async ({ page }) => {
  const bare = await serve({ headers: false });
  try {
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });
    });
    await visit(page, bare.url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await giveFolder(page, folder.path);
    await train(page, { steps: 10 });
    expect((await finished(page)).step).toBe(10);
  } finally {
    await bare.close();
  }
});

test('another backend trains when it is chosen', async ({ page }) => {
  // Plain JavaScript takes its time: few pictures, small ones. WebGPU in software takes more than a journey should.
  const few = folderOfPictures(16);
  await visit(page);
  await giveFolder(page, few.path);
  few.remove();
  await choose(page, 'cpu', { backend: 'cpu' });
  await train(page, { steps: 2, batch: 4, queue: 8, side: 16 });
  expect(await finished(page)).toMatchObject({ step: 2, backend: 'cpu' });
});

test('where WebGPU is chosen, the recorded plan trains, and the untrained encoder’s search runs on it too', async ({
  page,
}) => {
  const few = folderOfPictures(24);
  await visit(page);
  await giveFolder(page, few.path);
  few.remove();
  await choose(page, 'webgpu', { backend: 'webgpu', executor: 'plan', software: true });
  await noteStatus(page);
  await train(page, { steps: 2, batch: 4, queue: 8, side: 16 });
  const run = await finished(page);
  const kernels = (await notedStatus(page)).flatMap((words) => {
    const found = /^Preparing the graphics device: (\d+) of (\d+) kernels$/.exec(words);
    return found ? [{ ready: Number(found[1]), of: Number(found[2]) }] : [];
  });
  expect(kernels.length).toBeGreaterThan(0);
  for (const { ready, of } of kernels) expect(ready).toBeLessThan(of);
  expect(run).toMatchObject({ step: 2, backend: 'webgpu', executor: 'plan' });
});

test('a graphics card without room for a batch trains half of it, and the page says so', async ({ page }) => {
  await page.route('**/trainer-*.js', async (route) => {
    const response = await route.fetch();
    // Buffers of 1.4 MB at most: what a step learns takes 1.1, maps of 16 pictures take 1.6, of 8 half as much.
    const limit = `for (const name of ['maxBufferSize', 'maxStorageBufferBindingSize'])
      Object.defineProperty(GPUSupportedLimits.prototype, name, { get: () => 1_400_000 });`;
    await route.fulfill({ response, body: `${await response.text()}\n${limit}` });
  });
  await visit(page);
  await giveFolder(page, folder.path);
  await choose(page, 'webgpu', { executor: 'plan' });
  await train(page, { steps: 2, batch: 16, queue: 32, side: 40 });
  await expect(page.getByRole('alert')).toContainText('no room for 16 pictures a step, so this run takes 8');
  expect(await finished(page)).toMatchObject({ step: 2, config: { batch: 8 } });
});
