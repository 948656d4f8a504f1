import type { Page } from 'playwright';
import type {} from '../../src/app/session/scripting';
import { given } from '../given';
import { checkImport, complainOfFaults } from '../train/drive';
import { sleep } from '../train/watch';
import type { SearchOptions } from './options';
import { givenPictures, pathOf, type Row } from './results';

// A search as a user would make it, in the page. What is passed to `evaluate` runs there.

/** Imports the folder, then the queries that are not in it, under paths that no file of the folder has. */
export async function importWithQueries(page: Page, options: SearchOptions): Promise<void> {
  const { images, name } = options;
  const folder = await given(page, images, { folder: true });
  const others = givenPictures(options)
    .map((query, i) => ({ ...query, path: pathOf(query, i) }))
    .filter(({ inside }) => inside === null);
  const more = await page.evaluateHandle(() => [] as { path: string; file: File }[]);
  for (const { file, path } of others) {
    const input = await given(page, file);
    await input.evaluate(
      (element, [files, at]) => {
        const [one] = element.files ?? [];
        if (one) files.push({ path: at, file: one });
      },
      [more, path] as const,
    );
  }
  await folder.evaluate(
    (element, [queries, name]) => {
      const files = [...(element.files ?? [])].map((file) => ({
        path: file.webkitRelativePath.split('/').slice(1).join('/'),
        file,
      }));
      files.sort((a, b) => (a.path < b.path ? -1 : 1));
      return lookalike.actions.importFiles([...files, ...queries], { name });
    },
    [more, name] as const,
  );
  await checkImport(page);
}

/** Every picture of the data set, by row. */
export const listRows = (page: Page): Promise<Row[]> =>
  page.evaluate(async () => {
    const { library } = lookalike.store.getState();
    const count = library.datasets.find(({ id }) => id === library.current)?.count ?? 0;
    const pictures = await lookalike.pictures.imagesAt(0, count);
    return pictures.map(({ row, path, copies }) => ({ row, path, copies }));
  });

/** Why a file was not taken in. */
export const refusalOf = (page: Page, path: string): Promise<string> =>
  page.evaluate((refused) => {
    const { refusals } = lookalike.store.getState().library;
    return refusals.find((one) => one.path === refused)?.reason ?? 'it was not taken in.';
  }, path);

/** Resolves when all pictures are embedded by an encoder that was asked for. */
export async function embedWith(page: Page, encoder: string): Promise<void> {
  const there = (): Promise<boolean> =>
    page.evaluate((of) => lookalike.store.getState().measures.baselines.some((one) => one.of === of), encoder);
  while (!(await there())) {
    await complainOfFaults(page);
    await sleep(200);
  }
}

/** The pictures nearest to examples by an encoder, as a search on the page finds them. `region`: of each positive one. */
export const nearestTo = (
  page: Page,
  asked: { encoder: string; like: number[]; unlike: number[]; region: SearchOptions['region']; count: number },
): Promise<{ row: number; similarity: number }[]> =>
  page.evaluate(async ({ encoder, like, unlike, region, count }) => {
    const { store, actions } = lookalike;
    const examples = [];
    for (const row of like) {
      actions.select(row);
      if (region) await actions.findPart(region);
      examples.push(...store.getState().similar.query);
    }
    const result = await actions.neighboursIn(
      encoder,
      [...examples, ...unlike.map((row) => ({ rows: [row], unlike: true }))],
      count,
    );
    return result?.neighbours ?? [];
  }, asked);
