import { folderOfPictures } from '../bin/pictures';
import { serve } from '../bin/server';
import { expect, finished, giveFolder, test, train, visit } from './app';

let folder: ReturnType<typeof folderOfPictures>;
test.beforeAll(() => {
  folder = folderOfPictures(64);
});
test.afterAll(() => folder.remove());

const device = () => lookalike.store.getState().device.report;

test('where pages get isolated WebAssembly has its threads, and the page says what trains and why', async ({
  page,
}) => {
  await visit(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const report = await page.evaluate(device);
  expect(report?.backend).toBe('wasm');
  expect(report?.name).toMatch(/thread/);
  await expect(page.getByText(report?.why ?? '?').first()).toBeVisible();
});

test('without isolation and without WebGPU it trains all the same', async ({ page }) => {
  const bare = await serve({ isolated: false });
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
  await page.getByText('Choose what trains').click();
  await page.getByLabel('Device', { exact: true }).selectOption('cpu');
  await expect.poll(() => page.evaluate(device), { timeout: 200_000 }).toMatchObject({ backend: 'cpu' });
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
  await page.getByText('Choose what trains').click();
  await page.getByLabel('Device', { exact: true }).selectOption('webgpu');
  await expect
    .poll(() => page.evaluate(device), { timeout: 200_000 })
    .toMatchObject({ backend: 'webgpu', executor: 'plan', software: true });
  await train(page, { steps: 4, batch: 4, queue: 8, side: 16 });
  expect(await finished(page)).toMatchObject({ step: 4, backend: 'webgpu', executor: 'plan' });
});
