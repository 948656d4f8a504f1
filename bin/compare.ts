import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASELINES } from '../src/core/baselines';
import type { ComparisonTable } from '../src/core/comparison/table';
import { winnerWords } from '../src/core/comparison/winner';
import { comparisonCsv, comparisonMarkdown } from '../src/core/comparison/write';
import { isBundled, type StartFile } from '../src/core/config';
import { budgetWords, type Plan, type Planned, plannedWords } from '../src/core/plan';
import { PRETRAINED, pretrainedRun } from '../src/core/pretrained';
import type { Run } from '../src/core/records';
import { startTitle } from '../src/core/start_words';
import { type App, inApp } from './app';
import { batchesTable, methodTitles } from './compare/batches';
import { batchesSvg } from './compare/batches_chart';
import {
  addPretrained,
  columnsOf,
  compared,
  giveLabels,
  giveUp,
  runAll,
  runsOf,
  stateLine,
  testBy,
} from './compare/drive';
import { type CompareOptions, compareOptions } from './compare/options';
import { sensitivityOf } from './compare/sensitivity';
import { sensitivityMarkdown } from './compare/sensitivity_markdown';
import { Complaint } from './complaint';
import { stopOnInterrupt } from './interrupt';
import { configure, importedWords, importFolder, progressOf, takeFile } from './train/drive';
import { prepareFolder, saveFiles } from './train/save';
import { importLine, result, say, watched } from './train/watch';

/** `npm run compare`: imports a folder, trains every method with one budget, tests all, writes what came out. */
export async function main(args: string[]): Promise<void> {
  const options = compareOptions(args);
  prepareFolder(options.out);
  await inApp(options.backend, (app) => compareIn(app, options));
}

async function compareIn({ page, device }: App, options: CompareOptions): Promise<void> {
  const { budget, values, out } = options;
  const interrupted = stopOnInterrupt('Stopping: what has been trained is tested and saved.');
  interrupted.addEventListener('abort', () => void giveUp(page));
  say(`Device: ${device.backend}, ${device.name}. ${device.why}`);
  await watched(importFolder(page, options, values.side), async () => importLine(await progressOf(page)));
  say(`${await importedWords(page)}.`);
  if (options.labels) say(await giveLabels(page, options.labels));
  await chooseGroups({ page }, options);
  if (interrupted.aborted) throw new Complaint('Stopped before training began; there is nothing to compare.');
  const all = await startsTaken(page, options);
  if (all.length > 0) say(`Training ${all.map(plannedWords).join('; ')}: ${budgetWords(budget)}.`);
  const done = await watched(runAll(page, all, budget), () => stateLine(page));
  for (const one of done) if (one.reason) say(`${plannedWords(one)} could not be trained: ${one.reason}`);
  const runs = await runsOf(page);
  if (runs.length === 0 && !options.pretrained)
    throw new Complaint('No method was trained; there is nothing to compare.');
  const folders = await saveRuns({ page }, runs, options);
  const columns = await columnsOf(page);
  // What a run started from was embedded and measured before its first step.
  const networks = options.pretrained ? [] : startNetworks(runs);
  const of = [...runs.map(({ id }) => id), ...BASELINES, ...networks];
  /** Tests what there is, and writes the table: what is known so far is there if the rest is cut off. */
  const evaluate = async (): Promise<ComparisonTable> => {
    for (const column of columns)
      for (const fault of await watched(testBy(page, column, of), () => stateLine(page))) say(fault);
    const table = await compared(page, of, columns);
    const report = { pictures: options.name, device, budget, settings: values, columns };
    writeJson(out, 'compare.json', { ...report, methods: became(done, runs, folders), table });
    writeFileSync(join(out, 'compare.md'), comparisonMarkdown(table));
    if (options.experiment) saveBatches(batchesTable(table), runs, out);
    return table;
  };
  let table = runs.length > 0 ? await evaluate() : null;
  if (options.pretrained && !interrupted.aborted) {
    await watched(addPretrained(page), () => stateLine(page));
    of.push(...PRETRAINED.map(({ name }) => pretrainedRun(name)));
    table = await evaluate();
  }
  if (table) result(winnerWords(table));
  if (options.sensitivity && !interrupted.aborted) {
    const lab = await watched(sensitivityOf(page, runs, options.pretrained), () => stateLine(page));
    writeJson(out, 'sensitivity.json', lab.reports);
    writeFileSync(join(out, 'sensitivity.md'), sensitivityMarkdown(lab.reports, lab.words, lab.protocol));
  }
  say(`Saved in ${out}`);
}

const writeJson = (out: string, name: string, value: unknown): void =>
  writeFileSync(join(out, name), `${JSON.stringify(value, null, 2)}\n`);

async function chooseGroups({ page }: Pick<App, 'page'>, { groups }: CompareOptions): Promise<void> {
  if (groups === undefined) return;
  const columns = await columnsOf(page);
  if (!columns.includes(groups))
    throw new Complaint(`--groups is one of the label columns (${columns.join(', ')}), not "${groups}".`);
  await page.evaluate((name) => lookalike.actions.chooseLabels({ groups: name }), groups);
}

/** The experiment's own table, and its picture. */
function saveBatches(table: ComparisonTable, runs: readonly Run[], out: string): void {
  writeFileSync(join(out, 'batches.csv'), comparisonCsv(table));
  writeFileSync(join(out, 'batches.md'), comparisonMarkdown(table));
  writeFileSync(join(out, 'batches.svg'), batchesSvg(table, methodTitles(runs)));
}

/** Networks that come with the page, as they are, from which some run started. */
const startNetworks = (runs: readonly Run[]): string[] =>
  PRETRAINED.filter(({ name }) => runs.some(({ config: { start } }) => isBundled(start) && start.bundled === name)).map(
    ({ name }) => pretrainedRun(name),
  );

/** A run's folder: its method's name, with its start or batch where there are several of that method. */
function folderOf({ config }: Run, runs: readonly Run[]): string {
  const { preset, batch, start } = config;
  const same = runs.filter((other) => other.config.preset === preset);
  if (same.length === 1) return preset;
  if (same.some((other) => other.config.batch !== batch)) return `${preset}-batch-${batch}`;
  return `${preset}-${startTitle(start)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')}`;
}

/** What is planned, with files of weights given to the page, and the settings as they are for random weights. */
async function startsTaken(page: App['page'], options: CompareOptions): Promise<Planned[]> {
  const { planned, values } = options;
  const files = new Map<string, StartFile>();
  for (const { start } of planned)
    if (typeof start === 'object' && !files.has(start.file)) files.set(start.file, await takeFile(page, start.file));
  await page.evaluate(() => lookalike.actions.resetSettings());
  await configure(page, values);
  return planned.map(({ start, ...one }) => {
    if (start === undefined) return one;
    if (typeof start === 'object') return { ...one, start: files.get(start.file) };
    return { ...one, start: start === 'none' ? null : { bundled: start } };
  });
}

/** Each run into a folder of its own: run id -> folder. Says how many partners it finds, where a CSV pairs pictures. */
async function saveRuns(
  { page }: Pick<App, 'page'>,
  runs: readonly Run[],
  { out, pairs }: CompareOptions,
): Promise<Map<string, string>> {
  const folders = new Map<string, string>();
  for (const run of runs) {
    const folder = folderOf(run, runs);
    mkdirSync(join(out, folder), { recursive: true });
    const partners = await saveFiles(page, run.id, join(out, folder), pairs);
    for (const { name, value, protocol } of partners) say(`${folder}: ${name} ${value.toFixed(3)}. ${protocol}`);
    folders.set(run.id, folder);
  }
  return folders;
}

/** Each method with its run and folder, or why there is none. */
const became = (done: Plan['done'], runs: readonly Run[], folders: ReadonlyMap<string, string>) => [
  ...runs.map(({ id, config, step, seconds, memory }) => ({
    ...{
      method: config.preset,
      start: startTitle(config.start),
      run: id,
      folder: folders.get(id),
      steps: step,
      seconds,
      memory,
    },
    config,
  })),
  ...done
    .filter(({ reason }) => reason !== null)
    .map(({ preset, batch, start, reason }) => ({
      ...{ method: preset, batch, reason },
      start: start === undefined ? undefined : startTitle(start),
    })),
];
