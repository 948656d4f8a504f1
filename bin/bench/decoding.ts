import type { JSHandle, Page } from 'playwright';
import type {} from '../../src/state/scripting';
import type { App } from '../app';
import type { Case } from './measurement';
import { rest } from './training';

/** The folder's files as the page holds them, sorted out to pictures by their names' endings. */
async function filesOf(page: Page, folder: string): Promise<JSHandle<File[]>> {
  const input = await page.evaluateHandle(() => {
    const element = document.createElement('input');
    element.type = 'file';
    element.webkitdirectory = true;
    return element;
  });
  await input.setInputFiles(folder);
  return input.evaluateHandle(({ files }) =>
    [...(files ?? [])].filter(({ name }) => /\.(jpe?g|png|webp|gif|avif|bmp)$/i.test(name)),
  );
}

/**
 * Import of a folder into the database, beside decoding the same files with createImageBitmap and nothing else, in as many
 * workers: pictures a second.
 */
export async function importCases({ page }: App, folder: string): Promise<Case[]> {
  const files = await filesOf(page, folder);
  const bare = (): Promise<number> =>
    files.evaluate(async (list) => {
      const code = 'onmessage = async ({ data }) => { (await createImageBitmap(data)).close(); postMessage(0); };';
      const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
      const count = Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
      const workers = Array.from({ length: count }, () => new Worker(url));
      const began = performance.now();
      let next = 0;
      await Promise.all(
        workers.map(
          (worker) =>
            new Promise<void>((resolve) => {
              worker.onmessage = () => (next < list.length ? worker.postMessage(list[next++]) : resolve());
              worker.postMessage(list[next++]);
            }),
        ),
      );
      const seconds = (performance.now() - began) / 1000;
      for (const worker of workers) worker.terminate();
      URL.revokeObjectURL(url);
      return list.length / seconds;
    });
  const whole = async (): Promise<number> => {
    const rate = await files.evaluate(async (list) => {
      const began = performance.now();
      await lookalike.actions.importFiles(list, { name: 'Measured', side: 32 });
      return list.length / ((performance.now() - began) / 1000);
    });
    await rest(page);
    await page.evaluate(() => {
      const { current } = lookalike.store.getState().library;
      return current === null ? undefined : lookalike.actions.deleteDataset(current);
    });
    await rest(page);
    return rate;
  };
  const count = await files.evaluate((list) => list.length);
  return [
    { name: `import of ${count} files`, unit: 'images/s', sample: whole },
    { name: 'createImageBitmap alone', unit: 'images/s', sample: bare },
  ];
}
