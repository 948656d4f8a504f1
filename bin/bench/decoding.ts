import type { JSHandle, Page } from 'playwright';
import type {} from '../../src/app/session/scripting';
import { inApp } from '../app';
import { Complaint } from '../complaint';
import { given } from '../given';
import { interleaved } from './measurement';
import type { BenchOptions } from './options';
import { compared, type Result, rateOnly } from './result';

/** The folder's files as the page holds them, sorted out to pictures by their names' endings. */
async function filesOf(page: Page, folder: string): Promise<JSHandle<File[]>> {
  const input = await given(page, folder, { folder: true });
  return input.evaluateHandle(({ files }) =>
    [...(files ?? [])].filter(({ name }) => /\.(jpe?g|png|webp|gif|avif|bmp)$/i.test(name)),
  );
}

/** Waits until nothing is under way. Throws what the page complains about. */
async function rest(page: Page): Promise<void> {
  for (;;) {
    const { busy, fault } = await page.evaluate(() => {
      const { training, device, faults } = lookalike.store.getState();
      return { busy: !device.report || training.phase !== 'idle', fault: faults[0]?.message };
    });
    if (fault) throw new Complaint(fault);
    if (!busy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Pictures a second of a whole import into the database, after which the set is deleted again. */
async function wholeImport(page: Page, files: JSHandle<File[]>): Promise<number> {
  const rate = await files.evaluate(async (list) => {
    const began = performance.now();
    await lookalike.actions.importFiles(list, { name: 'Measured' });
    return list.length / ((performance.now() - began) / 1000);
  });
  await rest(page);
  await page.evaluate(() => {
    const { current } = lookalike.store.getState().library;
    return current === null ? undefined : lookalike.actions.deleteDataset(current);
  });
  await rest(page);
  return rate;
}

/** Pictures a second of createImageBitmap and nothing else, in as many workers as an import has. */
const bareDecoding = (files: JSHandle<File[]>): Promise<number> =>
  files.evaluate(async (list) => {
    // A file that cannot be decoded takes its time as well, and the next one is asked for all the same.
    const code = `onmessage = async ({ data }) => {
      await createImageBitmap(data).then((bitmap) => bitmap.close(), () => undefined);
      postMessage(0);
    };`;
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const count = Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
    const workers = Array.from({ length: count }, () => new Worker(url));
    const began = performance.now();
    let next = 0;
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve) => {
            const ask = () => (next < list.length ? worker.postMessage(list[next++]) : resolve());
            worker.onmessage = ask;
            ask();
          }),
      ),
    );
    const seconds = (performance.now() - began) / 1000;
    for (const worker of workers) worker.terminate();
    URL.revokeObjectURL(url);
    return list.length / seconds;
  });

const BARE = 'createImageBitmap alone';

/** Import of a folder by the built app, beside decoding the same files. A first round is not counted. */
export const importResults = ({ images, rounds }: Pick<BenchOptions, 'images' | 'rounds'>): Promise<Result[]> =>
  inApp(undefined, async ({ page }) => {
    const files = await filesOf(page, images);
    const cases = [
      { name: 'import', sample: () => wholeImport(page, files) },
      { name: BARE, sample: () => bareDecoding(files) },
    ];
    const samples = await interleaved('import', cases, rounds + 1);
    const title = `${await files.evaluate((list) => list.length)} files`;
    const results = cases.map(({ name }, i) =>
      rateOnly({ row: 'import', title, peer: name, unit: 'images/s', batch: 1 }, samples[i].slice(1)),
    );
    return compared(results, [BARE]);
  });
