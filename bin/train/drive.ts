import type { Page } from 'playwright';
import type {} from '../../src/app/session/scripting';
import { counted } from '../../src/core/amounts';
import type { RunConfig, StartFile } from '../../src/core/config';
import { LABELS_REFUSED } from '../../src/core/labels/csv_columns';
import type { Run } from '../../src/core/records';
import { Complaint } from '../complaint';
import { given } from '../given';
import type { PictureFolder } from '../picture_folder';
import { say, sleep } from './watch';

// Each step of a training as a user would take it, in the page. What is passed to `evaluate` runs there.

/** Gives the folder to the page as its own folder input does. Resolves when pictures are in; a Complaint if there are none. */
export async function importFolder(
  page: Page,
  { images, name }: PictureFolder,
  /** Pixels of the views, where they are given: pictures are stored large enough for them. */
  side?: number,
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
  await checkImport(page);
}

/** Once a folder is in: a Complaint where something went wrong; a CSV file in it that is no table of labels is said, and left out. */
export async function checkImport(page: Page): Promise<void> {
  while (await page.evaluate(() => lookalike.store.getState().labels.busy)) await sleep(100);
  const faults = await takeFaults(page);
  const fatal = faults.find((fault) => !fault.startsWith(LABELS_REFUSED));
  if (fatal) throw new Complaint(fatal);
  for (const fault of faults) say(fault);
}

/** What the page has complained of, put away: once it is said, what comes next answers for its own faults alone. */
export const takeFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { faults } = lookalike.store.getState();
    for (const { id } of faults) lookalike.actions.dismissFault(id);
    return faults.map(({ message, advice }) => `${message} ${advice}`.trim());
  });

/** Sets what the arguments say, as a user would; what they leave open is the page's choice for these pictures. */
export async function configure(page: Page, values: Partial<RunConfig>): Promise<RunConfig> {
  const { config, problems } = await page.evaluate((given) => {
    lookalike.actions.configure(given);
    return lookalike.store.getState().settings;
  }, values);
  const [problem] = problems;
  if (problem) throw new Complaint(`The run cannot start with this ${problem.field}: ${problem.message}`);
  if (!config) throw new Complaint('There are no pictures to train on.');
  return config;
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

/** Where a run stands, as the progress line tells it. */
export interface Progress {
  run: Run | null;
  /** Nothing more will come. */
  over: boolean;
  /** The page goes on, or tries to: it has lost its device, say, and takes the run up on another one. */
  recovering: boolean;
  /** Steps are being made: not loading, embedding or measuring. */
  stepping: boolean;
  message: string;
  step: number;
  loss: number;
  /** The method's, of the newest step; accuracy first where it has one. */
  diagnostics: Record<string, number>;
  imagesPerSecond: number;
  importing: { taken: number; duplicates: number; refused: number; found: number } | null;
  faults: string[];
}

export function progressOf(page: Page): Promise<Progress> {
  return page.evaluate(() => {
    const { training, library, faults } = lookalike.store.getState();
    const latest = lookalike.store.stepReports.latest();
    const { run, session, message, phase } = training;
    const underWay = ['preparing', 'training', 'paused', 'stopping'].includes(session.is);
    const { step: _step, loss: _loss, learningRate: _rate, imagesPerSecond: _pace, ...diagnostics } = latest ?? {};
    return {
      run,
      over: run !== null && ['finished', 'stopped', 'failed'].includes(run.status) && !underWay,
      recovering: underWay,
      stepping: phase === 'training',
      message: phase === 'idle' ? '' : message,
      step: latest?.step ?? 0,
      loss: latest?.loss ?? Number.NaN,
      diagnostics,
      imagesPerSecond: latest?.imagesPerSecond ?? 0,
      importing: library.importing,
      faults: faults.map((fault) => `${fault.message} ${fault.advice}`.trim()),
    };
  });
}

/** What has been taken in: '166 pictures in 12 folders; 1 file left out (notes.txt: no picture)'. */
export async function importedWords(page: Page): Promise<string> {
  const { dataset, refusals } = await page.evaluate(() => {
    const { datasets, current, refusals } = lookalike.store.getState().library;
    return { dataset: datasets.find(({ id }) => id === current), refusals };
  });
  const { count = 0, duplicates = 0, labels = {} } = dataset ?? {};
  const folders = Object.keys(labels).length;
  const [first] = refusals;
  const named = `${refusals.length > 1 ? 'the first ' : ''}${first?.path}: ${first?.reason.replace(/\.$/, '')}`;
  return [
    `${counted(count, 'picture')}${folders > 1 ? ` in ${counted(folders, 'folder')}` : ''}`,
    ...(duplicates > 0 ? [`${counted(duplicates, 'copy', 'copies')} left out`] : []),
    ...(first ? [`${counted(refusals.length, 'file')} left out (${named})`] : []),
  ].join('; ');
}

export async function complainOfFaults(page: Page): Promise<void> {
  const { faults } = await progressOf(page);
  if (faults.length > 0) throw new Complaint(faults[0]);
}

export const start = (page: Page): Promise<void> => page.evaluate(() => lookalike.actions.start());
export const stop = (page: Page): Promise<void> => page.evaluate(() => lookalike.actions.stop());
