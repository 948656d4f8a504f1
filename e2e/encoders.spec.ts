import type { Page } from '@playwright/test';
import { folderOfPictures } from '../bin/pictures';
import { expect, FAST, finished, giveFolder, imported, outcome, ready, show, test, tilesOf, train, visit } from './app';

test('a trained encoder is measured, chosen, renamed, and deleted; until it is chosen another searches', async ({
  page,
}) => {
  const folder = folderOfPictures(48);
  try {
    await visit(page, './', { embeds: true });
    await giveFolder(page, folder.path);
    const encoders = page.getByRole('region', { name: 'Models' });
    const similar = page.getByRole('region', { name: 'Similar pictures' });
    const inception = encoders.getByRole('listitem', { name: 'InceptionV3' });
    await show(page, 'Explore');
    await tilesOf(page, 'Pictures').first().click();
    await expect(similar).toContainText(/Nearest by InceptionV3.*, refined/);
    await show(page, 'Models');
    await expect(inception).toContainText(/mAP@R [.\d]+ %\s*\([.\d]+ to [.\d]+\)/);
    await train(page, { ...FAST, start: null, batch: 8, queue: 16, steps: 5 });
    const { id } = await finished(page);

    // It says whether it finds better, and takes nothing over by itself.
    const training = page.getByRole('region', { name: 'Training', exact: true });
    await expect(training).toContainText(
      /Training.* InceptionV3.*Measured by the folders of.*: mAP@R [.\d]+ % against [.\d]+ %.*, both refined\./,
    );
    const found = async (by: RegExp): Promise<void> => {
      await show(page, 'Explore');
      await page.evaluate(() => lookalike.actions.select(0));
      await expect(similar).toContainText(by);
    };
    await found(/Nearest by InceptionV3.*, refined/);

    // In the list it stands with its measure, training time and size, beside the one that searches.
    const row = (name: string) => encoders.getByRole('listitem', { name, exact: true });
    await show(page, 'Models');
    await expect(row('MoCo v2')).toContainText(/mAP@R [.\d]+ %[\s\S]*(better|worse|no clear difference)/);
    await expect(row('MoCo v2')).toContainText(/[\d.]+ [kM]B/);
    await expect(row('MoCo v2').getByRole('button', { name: 'Use MoCo v2' })).toBeEnabled();
    // The choice waits for its answer, also through a new visit.
    await page.reload();
    await ready(page);
    await show(page, 'Train');
    await training.getByRole('button', { name: 'Use it' }).click();
    // The verdict stays, with the way back, also while it is measured anew; it no longer advises.
    await expect(training).not.toContainText(/: (use it|keep InceptionV3)\./);
    await expect.poll(() => page.evaluate(() => lookalike.store.getState().encoders.evaluation?.beside)).toBe(id);
    const measuring = (is: boolean) =>
      page.evaluate(
        (on) => lookalike.store.setState(({ encoders }) => ({ encoders: { ...encoders, evaluating: on } })),
        is,
      );
    await measuring(true);
    await expect(training).toContainText('Measuring MoCo v2 beside InceptionV3…');
    await expect(training.getByRole('button', { name: 'Go back to InceptionV3' })).toBeVisible();
    await measuring(false);
    // Beside the plan of another run, this one can still go on.
    const more = training.getByRole('button', { name: /^Train \d+ more steps$/ });
    await expect(more).toHaveCount(1);
    await training.getByRole('button', { name: 'Train another' }).click();
    await expect(training.getByText('In use', { exact: true })).toHaveCount(0);
    await expect(more).toHaveCount(1);
    await page.reload();
    await ready(page);
    await show(page, 'Train');
    await training.getByRole('button', { name: 'Go back to InceptionV3' }).click();
    await expect(training).toContainText('InceptionV3 in use');
    await training.getByRole('button', { name: 'Use it' }).click();
    await show(page, 'Models');
    await expect(row('MoCo v2')).toContainText('in use');
    await page.reload();
    await ready(page);
    await found(/Nearest by MoCo v2.* at step 5, refined/);

    // Two that are selected find for the same picture side by side.
    await show(page, 'Models');
    for (const name of ['MoCo v2', 'InceptionV3']) await encoders.getByLabel(`Select ${name}`).check();
    await encoders.getByRole('button', { name: 'Compare 2 selected' }).click();
    for (const name of ['MoCo v2', 'InceptionV3'])
      await expect(page.getByRole('listbox', { name: `Nearest by ${name}` }).getByRole('option')).toHaveCount(12);
    // Beside each other they stand as in the list, with the same measure, and nothing that was not chosen.
    const rows = page.getByRole('region', { name: 'Comparison of runs' }).locator('tbody').getByRole('row');
    await expect(rows).toHaveCount(2);
    for (const name of ['MoCo v2', 'InceptionV3']) await expect(rows.filter({ hasText: name })).toContainText(/\d %/);
    await expect(page.getByText(/mAP@R [.\d]+ % against [.\d]+ %.*, both refined\./)).toBeVisible();
    await page.getByLabel('Other models and baselines too').check();
    await expect(rows.filter({ hasText: 'Raw pixels' })).toBeVisible();
    await page.getByRole('button', { name: '← Models' }).click();

    await row('MoCo v2').getByLabel('More of MoCo v2').click();
    await row('MoCo v2').getByRole('button', { name: 'Rename' }).click();
    await encoders.getByRole('textbox').fill('Stripes');
    await encoders.getByRole('textbox').press('Enter');
    await expect(row('Stripes')).toContainText('in use');
    await page.reload();
    await ready(page);
    await row('Stripes').getByLabel('More of Stripes').click();
    await row('Stripes').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(row('Stripes')).toHaveCount(0);
    await found(/Nearest by InceptionV3.*, refined/);
    expect(await mentions(page, id)).toEqual([]);
  } finally {
    folder.remove();
  }
});

test('the model in use embeds pictures that are added, and all of them again once its embeddings are damaged', async ({
  page,
}) => {
  const folder = folderOfPictures(40);
  try {
    await visit(page, './', { embeds: true });
    const { id: dataset } = await giveFolder(page, folder.path);
    await train(page, { ...FAST, start: null, batch: 8, queue: 16, steps: 5 });
    const { id: run } = await finished(page);
    await page.evaluate((of) => lookalike.actions.searchWith(of), run);
    await page.evaluate(async (into) => {
      const files = await Promise.all(
        [40, 120, 200].map(async (hue) => {
          const canvas = new OffscreenCanvas(40, 40);
          const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
          context.fillStyle = `hsl(${hue} 80% 50%)`;
          context.fillRect(0, 0, 40, 40);
          return { path: `added/${hue}.png`, file: new File([await canvas.convertToBlob()], `${hue}.png`) };
        }),
      );
      await lookalike.actions.importFiles(files, { into });
    }, dataset);
    const { count } = await imported(page);
    expect(count).toBe(43);
    const finds = (row: number) =>
      page.evaluate(async ([of, from]) => (await lookalike.actions.neighboursIn(of, from, 3))?.neighbours ?? null, [
        run,
        row,
      ] as const);
    await expect.poll(() => finds(42)).toHaveLength(3);
    const [before, made] = [await finds(42), await outcome(page, run)];

    await damageEmbeddings(page, run);
    await page.reload();
    await ready(page);
    await expect.poll(() => finds(42).catch(() => null)).toEqual(before);
    expect(await outcome(page, run)).toEqual(made);
  } finally {
    folder.remove();
  }
});

/** Turns one bit of the stored embeddings of an encoder around, past the page. */
const damageEmbeddings = (page: Page, encoder: string): Promise<void> =>
  page.evaluate(
    (of) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('lookalike');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const tx = opening.result.transaction('embeddingParts', 'readwrite');
          const walk = tx.objectStore('embeddingParts').openCursor();
          walk.onsuccess = () => {
            const cursor = walk.result;
            if (cursor?.value.run === of) {
              new Uint8Array(cursor.value.bytes)[5] ^= 1;
              cursor.update(cursor.value);
            }
            cursor?.continue();
          };
          tx.oncomplete = () => resolve();
          tx.onabort = () => reject(tx.error);
          opening.result.close();
        };
      }),
    encoder,
  );

/** Stores of the page's database in which this text stands anywhere. */
const mentions = (page: Page, text: string): Promise<string[]> =>
  page.evaluate(async (wanted) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await settled(indexedDB.open('lookalike'));
    const found: string[] = [];
    for (const name of db.objectStoreNames) {
      const store = db.transaction(name).objectStore(name);
      const all = JSON.stringify([await settled(store.getAllKeys()), await settled(store.getAll())]);
      if (all.includes(wanted)) found.push(name);
    }
    db.close();
    return found;
  }, text);
