import type { Page } from 'playwright';
import type {} from '../../src/app/session/scripting';
import type { RunConfig, StartFile } from '../../src/core/config';
import type { Run } from '../../src/core/records';
import { Complaint } from '../complaint';
import { given } from '../given';
import type { TrainOptions } from './options';
import { sleep } from './watch';

// Each step of a training as a person would take it, in the page. What is passed to `evaluate` runs there.

/** Gives the folder to the page as its own folder input does. Resolves when pictures are in; a Complaint if there are none. */
export async function importFolder(
  page: Page,
  { images, name, side }: { images: string; name: string; side?: number },
): Promise<void> {
  const input = await given(page, images, { folder: true });
  // The browser lists a folder in the order of the disk; by path, the same folder gives the same rows everywhere.
  await input.evaluate(
    (element, options) => {
      const files = [...(element.files ?? [])];
      files.sort((a, b) => (a.webkitRelativePath < b.webkitRelativePath ? -1 : 1));
      return lookalike.actions.importFiles(files, options);
    },
    { name, side },
  );
  await complainOfFaults(page);
}

/** Sets what the arguments say; what they leave open is the page's choice for these pictures. */
export async function configure(
  page: Page,
  { preset, recipe, values, most }: Pick<TrainOptions, 'preset' | 'recipe' | 'values' | 'most'>,
): Promise<RunConfig> {
  const settings = await page.evaluate(
    ({ preset, recipe, values, most }) => {
      const { actions, store } = lookalike;
      actions.usePreset(preset);
      actions.useRecipe(recipe);
      actions.configure(values);
      const chosen = store.getState().settings.config;
      if (chosen && values.batch === undefined && !values.start)
        actions.configure({ batch: Math.min(most.batch, chosen.batch) });
      const { batch, symmetric } = store.getState().settings.config ?? { batch: most.batch, symmetric: false };
      const rows = symmetric ? 2 * batch : batch;
      if (most.queue !== undefined && values.queue === undefined && !values.start)
        actions.configure({ queue: Math.max(1, Math.floor(most.queue / rows)) * rows });
      return store.getState().settings;
    },
    { preset, recipe, values, most },
  );
  const [problem] = settings.problems;
  if (problem) throw new Complaint(`The run cannot start with this ${problem.field}: ${problem.message}`);
  if (!settings.config) throw new Complaint('There are no pictures to train on.');
  return settings.config;
}

/** Gives the page a file of weights; its backbone becomes the next run's. */
export async function takeFile(page: Page, file: string): Promise<StartFile> {
  const input = await given(page, file);
  await input.evaluate(async (element) => {
    const [weights] = element.files ?? [];
    if (weights) await lookalike.actions.takeWeights(weights);
  });
  const taken = () => page.evaluate(() => lookalike.store.getState().settings.config?.start ?? null);
  for (let start = await taken(); ; start = await taken()) {
    if (start && 'sha256' in start) return start;
    await complainOfFaults(page);
    await sleep(100);
  }
}

/** Gives the page a file of weights to start from. Returns the values of the run then. */
export async function startFrom(page: Page, file: string, frozen: number): Promise<RunConfig> {
  await takeFile(page, file);
  const { config, problems } = await page.evaluate((parts) => {
    lookalike.actions.configure({ frozen: parts });
    return lookalike.store.getState().settings;
  }, frozen);
  const [problem] = problems;
  if (problem || !config) throw new Complaint(`The run cannot start from ${file}: ${problem?.message}`);
  return config;
}

/** Where a run stands, as the progress line tells it. */
export interface Progress {
  run: Run | null;
  /** Nothing more will come. */
  over: boolean;
  /** The page goes on, or tries to: it has lost its device, say, and takes the run up on another one. */
  recovering: boolean;
  message: string;
  step: number;
  loss: number;
  /** The method's, of the newest step; accuracy first where it has one. */
  diagnostics: Record<string, number>;
  imagesPerSecond: number;
  importing: { taken: number; refused: number; found: number } | null;
  faults: string[];
}

export function progressOf(page: Page): Promise<Progress> {
  return page.evaluate(() => {
    const { training, library, faults } = lookalike.store.getState();
    const latest = lookalike.store.metrics.latest();
    const { run, lock, message, asked } = training;
    const { step: _step, loss: _loss, learningRate: _rate, imagesPerSecond: _pace, ...diagnostics } = latest ?? {};
    return {
      run,
      over: run !== null && ['finished', 'stopped', 'failed'].includes(run.status) && lock !== 'held',
      recovering: asked || lock === 'held',
      message,
      step: latest?.step ?? 0,
      loss: latest?.loss ?? Number.NaN,
      diagnostics,
      imagesPerSecond: latest?.imagesPerSecond ?? 0,
      importing: library.importing,
      faults: faults.map((fault) => `${fault.message} ${fault.advice}`.trim()),
    };
  });
}

export async function complainOfFaults(page: Page): Promise<void> {
  const { faults } = await progressOf(page);
  if (faults.length > 0) throw new Complaint(faults[0]);
}

export const start = (page: Page): Promise<void> => page.evaluate(() => lookalike.actions.start());
export const stop = (page: Page): Promise<void> => page.evaluate(() => lookalike.actions.stop());
