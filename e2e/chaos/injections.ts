import { expect, type Page } from '@playwright/test';
import type { Draws } from '../../src/core/random';
import { currentDataset, finished, giveFolder, outcome, reached, runOf, show, stepOf, train, visit } from '../app';
import { killerOf, Profile } from '../profile';

/** A browser on one profile, which is killed and opened again. */
export class World {
  private readonly profile = new Profile();
  /** What an uninterrupted run of the same pictures comes out with. */
  whole: Awaited<ReturnType<typeof outcome>> | null = null;
  /** SHA-256 of the embeddings of the many pictures, made without interruption. */
  embeddings: string | null = null;

  constructor(
    private readonly address: string,
    private readonly draws: Draws,
    /** Folders of pictures. */
    readonly many: string,
    readonly few: string,
  ) {}

  async open(): Promise<{ page: Page; second(): Promise<Page>; kill(): Promise<void> }> {
    const context = await this.profile.launch();
    const kill = await killerOf(context);
    const next = async () => {
      const page = await context.newPage();
      await visit(page, this.address);
      return page;
    };
    return { page: await next(), second: next, kill };
  }

  /** A moment at random, up to so many milliseconds. */
  moment(most: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.draws.uniform(0, most)));
  }

  between(least: number, most: number): number {
    return Math.floor(this.draws.uniform(least, most + 1));
  }

  remove(): void {
    this.profile.remove();
  }
}

export interface Injection {
  name: string;
  /** In words what was lost or doubled; null: nothing. */
  inject(world: World): Promise<string | null>;
}

/** Pictures that the page says are stored. */
const acknowledged = (page: Page): Promise<number> =>
  page.evaluate(() => lookalike.store.getState().library.datasets.reduce((sum, { count }) => sum + count, 0));

const deleteAll = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const { id } of lookalike.store.getState().library.datasets) await lookalike.actions.deleteDataset(id);
  });

/** Paths of the pictures of the collection on the page. */
const paths = (page: Page, count: number): Promise<string[]> =>
  page.evaluate(async (most) => (await lookalike.pictures.imagesAt(0, most)).map(({ path }) => path), count);

/** The records of a store of the database, whatever the page shows. */
const stored = <T>(page: Page, store: string): Promise<T[]> =>
  page.evaluate(
    (name) =>
      new Promise<T[]>((resolve, reject) => {
        const opening = indexedDB.open('lookalike');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asking = opening.result.transaction(name).objectStore(name).getAll();
          asking.onerror = () => reject(asking.error);
          asking.onsuccess = () => resolve(asking.result);
          opening.result.close();
        };
      }),
    store,
  );

/** Stores of the database in which something still refers to a data set, or to anything else that is not there. */
const leftOver = (page: Page, id: string): Promise<string[]> =>
  page.evaluate(async (gone) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('lookalike');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const keysOf = (store: string) =>
      new Promise<IDBValidKey[]>((resolve, reject) => {
        const asking = db.transaction(store).objectStore(store).getAllKeys();
        asking.onsuccess = () => resolve(asking.result);
        asking.onerror = () => reject(asking.error);
      });
    const found: string[] = [];
    for (const store of db.objectStoreNames)
      if ((await keysOf(store)).some((key) => [key].flat().includes(gone))) found.push(store);
    db.close();
    return found;
  }, id);

async function whileImporting(world: World): Promise<string | null> {
  const first = await world.open();
  void first.page
    .getByTestId('folder-input')
    .setInputFiles(world.many)
    .catch(() => undefined);
  await first.page.waitForFunction(
    (some) => lookalike.store.getState().library.datasets.reduce((sum, { count }) => sum + count, 0) >= some,
    world.between(0, 380),
  );
  const before = await acknowledged(first.page);
  await first.kill();
  const { page, kill } = await world.open();
  const after = await acknowledged(page);
  const { count } = await giveFolder(page, world.many);
  const there = await paths(page, count);
  await deleteAll(page);
  await kill();
  if (after < before) return `${before} pictures were said to be stored, ${after} were there`;
  if (there.length !== 400 || new Set(there).size !== 400)
    return `400 pictures became ${there.length}, ${new Set(there).size} different ones`;
  return null;
}

/** A run of 40 steps on the few pictures, brought to some step; the first time after one that nothing interrupts. */
async function begun(world: World, page: Page): Promise<void> {
  await giveFolder(page, world.few);
  if (!world.whole) {
    await train(page, { steps: 40 });
    world.whole = await outcome(page, (await finished(page)).id);
  }
  await train(page, { steps: 40 });
  await reached(page, world.between(1, 35));
  await world.moment(500);
}

/** Waits for the end of the run, and tells what is not as it is without interruption. */
async function ended(world: World, page: Page, cut: number): Promise<string | null> {
  const resumed = await outcome(page, (await finished(page)).id);
  await deleteAll(page);
  return JSON.stringify(resumed) === JSON.stringify(world.whole)
    ? null
    : `a run cut at step ${cut} ended with other weights or losses`;
}

async function whileTraining(world: World): Promise<string | null> {
  const first = await world.open();
  await begun(world, first.page);
  await first.kill();
  const { page, kill } = await world.open();
  const cut = await runOf(page);
  if (!cut) return 'the run was gone';
  if (cut.status !== 'finished') {
    await show(page, 'Train');
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
  }
  const lost = await ended(world, page, cut.step);
  await kill();
  return lost;
}

const NETWORK = 'pretrained inception-v3';

/** Pictures whose embeddings by the network are stored. */
const embedded = async (page: Page): Promise<number> => {
  const found = await stored<{ run: string; count: number }>(page, 'embeddings');
  return found.find(({ run }) => run === NETWORK)?.count ?? 0;
};

/** Lets the network embed all pictures, and gives the SHA-256 of what comes of it. */
async function embeddedWhole(page: Page, count: number): Promise<string> {
  await page.evaluate(() => lookalike.actions.embedAtOnce(true));
  await expect.poll(() => embedded(page), { timeout: 300_000 }).toBe(count);
  return page.evaluate(async (network) => {
    const { 'embeddings.npy': npy } = await lookalike.actions.exportEncoder(network);
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', npy.slice().buffer))].join(' ');
  }, NETWORK);
}

async function whileEmbedding(world: World): Promise<string | null> {
  const first = await world.open();
  const { count } = await giveFolder(first.page, world.many);
  world.embeddings ??= await embeddedWhole(first.page, count);
  await deleteAll(first.page);
  await first.page.evaluate(() => lookalike.actions.embedAtOnce(true));
  await giveFolder(first.page, world.many);
  await expect.poll(() => embedded(first.page), { timeout: 120_000 }).toBeGreaterThan(0);
  await world.moment(8000);
  const before = await embedded(first.page);
  await first.kill();
  const { page, kill } = await world.open();
  const after = await embedded(page);
  const whole = await embeddedWhole(page, count);
  await deleteAll(page);
  await kill();
  if (after < before) return `${before} pictures were embedded, ${after} were after the kill`;
  return whole === world.embeddings ? null : `embeddings that went on from ${after} pictures are others`;
}

async function trainerThrows(world: World): Promise<string | null> {
  const { page, kill } = await world.open();
  await begun(world, page);
  const cut = await stepOf(page);
  const trainer = page.workers().find((worker) => /\/trainer/.test(worker.url()));
  if (!trainer) throw new Error(`No trainer among ${page.workers().map((worker) => worker.url())}`);
  await trainer.evaluate(() => {
    setTimeout(() => {
      throw new Error('chaos');
    });
  });
  const lost = await ended(world, page, cut);
  await kill();
  return lost;
}

async function whileDeleting(world: World): Promise<string | null> {
  const first = await world.open();
  const { id, count } = await giveFolder(first.page, world.few);
  await first.page.evaluate((gone) => void lookalike.actions.deleteDataset(gone), id);
  await world.moment(300);
  await first.kill();
  const { page, kill } = await world.open();
  const kept = await page.evaluate(() => lookalike.store.getState().library.datasets.map((dataset) => dataset.id));
  const there = kept.includes(id) ? (await paths(page, count)).length : count;
  await deleteAll(page);
  const left = await leftOver(page, id);
  await kill();
  if (there !== count) return `a collection that was still there had ${there} of its ${count} pictures`;
  return left.length === 0 ? null : `after the deletion ${left.join(', ')} still held some of it`;
}

/** Names of collections as they are stored, whatever the page shows. */
const storedNames = async (page: Page): Promise<string[]> =>
  (await stored<{ name: string }>(page, 'datasets')).map(({ name }) => name);

async function renamedByAnotherTab(world: World): Promise<string | null> {
  const first = await world.open();
  void giveFolder(first.page, world.many).catch(() => undefined);
  // A tab behind another draws no frames, and takes no files.
  await first.page.waitForFunction(() => lookalike.store.getState().library.importing !== null);
  const other = await first.second();
  await other.waitForFunction(() => lookalike.store.getState().library.datasets.length > 0, null, { polling: 100 });
  await world.moment(2000);
  await other.evaluate(() => {
    const [{ id }] = lookalike.store.getState().library.datasets;
    lookalike.actions.renameDataset(id, 'another name');
  });
  await expect.poll(() => storedNames(other)).toContain('another name');
  await world.moment(1000);
  await first.kill();
  const { page, kill } = await world.open();
  const { name } = await currentDataset(page);
  await deleteAll(page);
  await kill();
  return name === 'another name' ? null : `the name that another tab gave became "${name}"`;
}

export const INJECTIONS: readonly Injection[] = [
  { name: 'killed while pictures come in', inject: whileImporting },
  { name: 'killed while it trains', inject: whileTraining },
  { name: 'killed while it embeds', inject: whileEmbedding },
  { name: 'the training thread throws', inject: trainerThrows },
  { name: 'killed while a collection is deleted', inject: whileDeleting },
  { name: 'killed after another tab renamed what comes in', inject: renamedByAnotherTab },
];
