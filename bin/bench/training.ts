import type { Page } from 'playwright';
import type { BackendName } from '../../src/core/config';
import type { DeviceReport } from '../../src/core/records';
import type {} from '../../src/state/scripting';
import type { App } from '../app';
import { Complaint } from '../complaint';
import { folderOfPictures } from '../pictures';
import { importFolder } from '../train/drive';
import { type Case, median } from './measurement';

/** Pictures of the data set: a batch of 64 is at most a quarter of them. */
const PICTURES = 256;
const BATCHES = [8, 64];
/** Steps of a sample; the first is not counted. */
const STEPS = 6;

/** Imports made-up pictures to train on, and removes their files again. */
export async function importPictures(page: Page): Promise<void> {
  const pictures = folderOfPictures(PICTURES);
  await importFolder(page, { images: pictures.path, name: 'Measured', side: 32 });
  pictures.remove();
}

interface Usable {
  backend: BackendName;
  words: string;
  software: boolean;
}

/** Waits until nothing is under way: the trainer rests, the device is there. Throws what the page complains about. */
export async function rest(page: Page): Promise<void> {
  for (;;) {
    const { busy, fault } = await page.evaluate(() => {
      const { training, device, faults } = lookalike.store.getState();
      const { phase, lock, asked } = training;
      return { busy: !device.report || phase !== 'idle' || lock === 'held' || asked, fault: faults[0]?.message };
    });
    if (fault) throw new Complaint(fault);
    if (!busy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function choose(page: Page, backend: BackendName): Promise<DeviceReport | null> {
  const now = await page.evaluate(() => lookalike.store.getState().device.report?.backend);
  if (now !== backend) await page.evaluate((choice) => lookalike.actions.chooseBackend(choice, true), backend);
  await rest(page);
  return page.evaluate(() => lookalike.store.getState().device.report);
}

/** The backends that were asked for, else the page's own choice and WebAssembly. */
async function usable({ page, device }: App, wanted: readonly BackendName[] | undefined): Promise<Usable[]> {
  const found: Usable[] = [];
  for (const backend of wanted ?? [...new Set([device.backend as BackendName, 'wasm' as const])]) {
    const software = (await choose(page, backend))?.software ?? false;
    found.push({ backend, software, words: software ? `${backend} in software` : backend });
  }
  return found;
}

/** Steps of ResNet-8 width 16 at 32 px, a case for each backend and batch: images a second, queue 128. */
export async function stepCases(app: App, wanted?: readonly BackendName[]): Promise<Case[]> {
  const { page } = app;
  const backends = await usable(app, wanted);
  return backends.flatMap(({ backend, words, software }) =>
    BATCHES.filter((batch) => batch === 8 || !software).map((batch) => ({
      name: `${words}, batch ${batch}`,
      unit: 'images/s',
      sample: async () => {
        await choose(page, backend);
        await page.evaluate(
          ([size, steps]) => {
            const shape = { backbone: 'resnet8', width: 16, side: 32, queue: 128 } as const;
            lookalike.actions.configure({ ...shape, batch: size, steps });
            return lookalike.actions.start();
          },
          [batch, STEPS] as const,
        );
        await rest(page);
        const rates = await page.evaluate((last) => {
          const { metrics } = lookalike.store;
          return Array.from({ length: last - 1 }, (_, i) => metrics.at('imagesPerSecond', i + 2));
        }, STEPS);
        return median(rates);
      },
    })),
  );
}

/** Embedding: pictures a second while a run of one step embeds them all at its end, loading and measuring left out. */
export async function embedCases(app: App, wanted?: readonly BackendName[]): Promise<Case[]> {
  const { page } = app;
  const backends = await usable(app, wanted);
  return backends.map(({ backend, words }) => ({
    name: `${words}, ResNet-8 width 16 at 32 px`,
    unit: 'images/s',
    sample: async () => {
      await choose(page, backend);
      const rate = page.evaluate(
        (pictures) =>
          new Promise<number>((resolve) => {
            let first: { at: number; done: number } | null = null;
            let last = { at: 0, done: 0 };
            const stop = lookalike.store.subscribe(({ training }) => {
              if (training.phase === 'embedding' && training.progress !== null) {
                // Two views of each picture are embedded besides the picture itself.
                last = { at: performance.now(), done: training.progress * 3 * pictures };
                first ??= last;
              } else if (first && last.done > first.done && training.run?.step === 1) {
                stop();
                resolve(((last.done - first.done) * 1000) / (last.at - first.at));
              }
            });
          }),
        PICTURES,
      );
      await page.evaluate(() => {
        lookalike.actions.configure({ backbone: 'resnet8', width: 16, side: 32, batch: 8, queue: 16, steps: 1 });
        return lookalike.actions.start();
      });
      const found = await rate;
      await rest(page);
      return found;
    },
  }));
}
