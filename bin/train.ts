import type { Page } from 'playwright';
import type {} from '../src/app/session/scripting';
import { significant } from '../src/core/amounts';
import type { RunConfig } from '../src/core/config';
import { PRESET_WORDS } from '../src/core/presets';
import { frozenWords } from '../src/core/stages';
import { withStartTitle } from '../src/core/start_words';
import { type App, inApp } from './app';
import { Complaint } from './complaint';
import { stopOnInterrupt } from './interrupt';
import {
  configure,
  importedWords,
  importFolder,
  type Progress,
  progressOf,
  start,
  stop,
  takeFile,
} from './train/drive';
import { embedNetworks } from './train/encoders';
import { type TrainOptions, trainOptions } from './train/options';
import { prepareFolder, saveRun } from './train/save';
import { importLine, result, say, sleep, watched } from './train/watch';

/** `npm run train`: imports a folder, trains, saves. Everything happens in the built app, driven without a screen. */
export async function main(args: string[]): Promise<void> {
  const options = trainOptions(args);
  prepareFolder(options.out);
  await inApp(options.backend, (app) => trainIn(app, options));
}

async function trainIn({ page, device }: App, options: TrainOptions): Promise<void> {
  const interrupted = stopOnInterrupt('Stopping: the run is saved first.');
  interrupted.addEventListener('abort', () => void page.evaluate(() => lookalike.actions.cancelImport()));
  say(`Device: ${device.backend}, ${device.name}. ${device.why}`);
  await watched(importFolder(page, options, options.values.side), async () => importLine(await progressOf(page)));
  say(`${await importedWords(page)}.`);
  if (interrupted.aborted) throw new Complaint('Stopped before training began; there is nothing to save.');
  if (options.start) await takeFile(page, options.start);
  const config = await configure(page, options.values);
  say(`${configWords(config)}.`);
  await start(page);
  if (interrupted.aborted) await stop(page);
  interrupted.addEventListener('abort', () => void stop(page));
  const { run } = await watched(
    ended(() => progressOf(page)),
    async () => trainLine(await progressOf(page)),
  );
  if (!run) throw new Complaint('The run did not start.');
  try {
    if (!interrupted.aborted)
      await watched(
        embedNetworks(page, await needsViews(page, options), interrupted),
        async () => (await progressOf(page)).message,
      );
  } finally {
    // Whatever keeps it from being compared.
    result(await saveRun(page, run.id, options));
    say(`Saved in ${options.out}`);
  }
}

/** Without folders and pairs only what the frozen views tell can be compared. */
const needsViews = (page: Page, { pairs }: TrainOptions): Promise<boolean> =>
  page.evaluate((paired) => {
    const { library } = lookalike.store.getState();
    const labels = library.datasets.find(({ id }) => id === library.current)?.labels ?? {};
    return !paired && Object.keys(labels).length < 2;
  }, pairs !== undefined);

/** Resolves with the last word on the run. Throws when it failed. */
async function ended(look: () => Promise<Progress>): Promise<Progress> {
  for (;;) {
    const progress = await look();
    const { run, over, recovering, faults } = progress;
    if (run?.status === 'failed') throw new Complaint(faults.at(-1) ?? run.reason ?? 'The run failed.');
    if (over) return progress;
    if (faults.length > 0 && run?.status !== 'running' && !recovering) throw new Complaint(faults.at(-1) as string);
    await sleep(200);
  }
}

/** 'Training MoCo v2 from InceptionV3: 300 steps, batch size 32, queue 160, views of 128 px, ...' */
function configWords(config: RunConfig): string {
  const { preset, method, start, backbone, width, steps, batch, queue, side, recipe, frozen, views, neighbours } =
    config;
  return `Training ${withStartTitle(PRESET_WORDS[preset].title, start)}: ${[
    ...(start ? [] : [`${backbone} of width ${width}`]),
    ...[`${steps} steps`, `batch size ${batch}`],
    ...(method === 'moco' ? [`queue ${queue}`] : []),
    ...[`views of ${side} px`, `${recipe} pictures`],
    ...(frozen > 0 ? [`layers ${frozenWords(config)} frozen`, `${views || 'no'} kept views of each`] : []),
    ...(neighbours > 0 ? [`${neighbours} neighbours`] : []),
  ].join(', ')}`;
}

function trainLine({ run, stepping, message, step, loss, diagnostics, imagesPerSecond }: Progress): string {
  if (step === 0 || !stepping) return message;
  const own = Object.entries(diagnostics).map(
    ([name, value]) => `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${value.toFixed(3)}`,
  );
  const rate = `${significant(imagesPerSecond, 2)} images/s`;
  return [`Step ${step}/${run?.config.steps ?? '?'}: loss ${loss.toFixed(4)}`, ...own, rate].join(', ');
}
