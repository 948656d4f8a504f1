import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { BackendName } from '../src/core/config';
import { type App, openApp } from './app';
import { importCases } from './bench/decoding';
import { type Case, interleaved, type Measurement, summary, table } from './bench/measurement';
import { openSources, searchCases } from './bench/search';
import { embedCases, importPictures, stepCases } from './bench/training';
import { root } from './build';
import { Complaint } from './complaint';
import { BACKENDS, oneOf, parse, wholeNumber } from './options';

const USAGE =
  'Usage: npm run bench -- [--rows import,step,embed,search] [--backends NAME,NAME] [--rounds 5] [--json FILE] ' +
  '[--images DIR (for import)]';

const string = { type: 'string' } as const;

interface Wanted {
  rounds: number;
  /** Undefined: what the page chose by itself, and WebAssembly beside it. */
  backends: BackendName[] | undefined;
  images: string;
}

/** What is measured, in the order it is done: training needs pictures, the import row removes what it brings. */
const ROWS: Readonly<Record<string, (app: App, wanted: Wanted) => Promise<Case[]>>> = {
  import: (app, { images }) => importCases(app, images),
  step: async (app, { backends }) => {
    await importPictures(app.page);
    return stepCases(app, backends);
  },
  embed: async (app, { backends }) => {
    await importPictures(app.page);
    return embedCases(app, backends);
  },
  search: async ({ page }) => searchCases(page),
};

/** `npm run bench`: medians on this machine, with their spread, cases taking turns. A table, and JSON if asked. */
export async function main(args: string[]): Promise<number> {
  const options = { rows: string, backends: string, rounds: string, json: string, images: string };
  const { values, positionals } = parse(args, options, USAGE);
  if (positionals.length > 0) throw new Complaint(`"${positionals[0]}" belongs to no option. ${USAGE}`);
  const rows = values.rows?.split(',').map((row) => oneOf('rows', row, Object.keys(ROWS)));
  const wanted: Wanted = {
    rounds: wholeNumber('rounds', values.rounds, 1, 1000) ?? 5,
    backends: values.backends?.split(',').map((name) => oneOf('backends', name, BACKENDS) as BackendName),
    images: values.images ?? join(root, 'public/sample'),
  };
  const measurements: Measurement[] = [];
  for (const row of Object.keys(ROWS).filter((name) => !rows || rows.includes(name)))
    measurements.push(...(await measured(row, wanted)));
  const summaries = measurements.map(summary);
  process.stdout.write(`${table(summaries)}\n`);
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, platform: process.platform };
  const report = { machine, rounds: wanted.rounds, rows: summaries };
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

/** One row in a browser of its own, so that no row finds what another one left behind. */
async function measured(row: string, wanted: Wanted): Promise<Measurement[]> {
  const app = await openApp();
  const closeSources = row === 'search' ? await openSources(app.page) : undefined;
  try {
    const cases = await Promise.race([ROWS[row](app, wanted), app.died]);
    const measurements = await Promise.race([interleaved(row, cases, wanted.rounds), app.died]);
    return row === 'import' ? [...measurements, ratio(measurements)] : measurements;
  } finally {
    await closeSources?.();
    await app.close();
  }
}

/** How much of the bare decoding rate is left to a whole import, round by round. */
function ratio([whole, bare]: readonly Measurement[]): Measurement {
  const samples = whole.samples.map((value, round) => value / bare.samples[round]);
  return { row: 'import', case: 'import / createImageBitmap', unit: '', samples };
}
