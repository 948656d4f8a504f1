import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type {} from '../../src/app/session/scripting';
import type { Measured } from '../../src/core/encoders/decisive';
import { writeCsv } from '../../src/core/formats/csv';
import type { Measure } from '../../src/core/records';
import type { ExportOptions } from '../../src/protocol/exporting';
import { Complaint } from '../complaint';
import { paintRows } from '../rows_picture';
import { listRows } from '../search/drive';
import { encoderTable, probeLines } from './encoders';
import type { TrainOptions } from './options';
import { pairedRows, partnerMeasures } from './partners';
import { say } from './watch';

/** Bytes a message from the page: weights of a large encoder would be too much for one. */
const CHUNK = 4 * 2 ** 20;

/** The files of a run as the page exports them. */
async function exportedFiles(page: Page, run: string, options: ExportOptions): Promise<Record<string, Uint8Array>> {
  const exported = await page.evaluateHandle(([id, how]) => lookalike.actions.exportRun(id, how), [
    run,
    options,
  ] as const);
  const sizes = await exported.evaluate((files) =>
    Object.entries(files).map(([name, { length }]) => [name, length] as const),
  );
  const files: Record<string, Uint8Array> = {};
  for (const [name, length] of sizes) {
    files[name] = new Uint8Array(length);
    for (let from = 0; from < length; from += CHUNK) {
      const part = await exported.evaluate((all, [file, begin, end]) => all[file].slice(begin, end), [
        name,
        from,
        from + CHUNK,
      ] as const);
      files[name].set(part, from);
    }
  }
  return files;
}

/** Creates the folder, so that a mistake shows before training and not after it. */
export function prepareFolder(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
    accessSync(out, constants.W_OK);
  } catch (cause) {
    throw new Complaint(`The folder ${out} cannot be written to: ${(cause as Error).message}`);
  }
}

/**
 * Writes the files of a run as the page exports them. Where a CSV pairs pictures, the report says how many partners are
 * found, which is returned; pairs that are of no use are said to be so, and take nothing away.
 */
export async function saveFiles(
  page: Page,
  run: string,
  out: string,
  pairs: string | undefined,
  options: ExportOptions = {},
): Promise<Measure[]> {
  const files = await exportedFiles(page, run, options);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(out, name), bytes);
  if (!pairs) return [];
  try {
    const report = JSON.parse(new TextDecoder().decode(files['report.json']));
    const partners = options.encoders ? trainedPartners(report.encoders, pairs) : partnerMeasures(pairs, files);
    writeFileSync(join(out, 'report.json'), `${JSON.stringify({ ...report, partners }, null, 2)}\n`);
    return partners;
  } catch (cause) {
    if (!(cause instanceof Complaint)) throw cause;
    say(cause.message);
    return [];
  }
}

/** Partner recall of the trained encoder, which was measured with the others'. */
function trainedPartners(encoders: readonly Measured[], pairs: string): Measure[] {
  const trained = encoders.find(({ name }) => name === 'trained')?.measures ?? [];
  const partners = trained.filter(({ name }) => name === 'partner R@1');
  if (partners.length === 0) throw new Complaint(`${pairs} pairs fewer than two of the pictures that were taken in.`);
  return partners;
}

/**
 * Writes everything a run leaves behind: its files, what every encoder of the pictures is worth, and two pictures. Returns
 * the table of the encoders with the verdict on the trained one.
 */
export async function saveRun(
  page: Page,
  run: string,
  { out, pairs, embeddings }: Pick<TrainOptions, 'out' | 'pairs' | 'embeddings'>,
): Promise<string> {
  const paired = pairs ? pairedRows(readFileSync(pairs, 'utf8'), await imagesCsv(page), 'the CSV of pairs') : [];
  await saveFiles(page, run, out, pairs, { encoders: { pairs: paired }, embeddings });
  writeFileSync(join(out, 'neighbours.png'), await paintRows(page, await probeLines(page, run)));
  writeFileSync(join(out, 'page.png'), await trainScreen(page));
  return encoderTable(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')));
}

/** Pixels: what scrolls further is cut off. */
const HIGHEST = 6000;

/** The whole of the page's Train screen as PNG: the window is made as high as the screen scrolls. */
async function trainScreen(page: Page): Promise<Buffer> {
  const hidden = await page.evaluate(async () => {
    lookalike.actions.goTo('train');
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const main = document.querySelector('main');
    return main ? main.scrollHeight - main.clientHeight : 0;
  });
  const { width, height } = page.viewportSize() ?? { width: 1440, height: 1000 };
  await page.setViewportSize({ width, height: Math.min(HIGHEST, height + hidden) });
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
  return page.screenshot();
}

/** row and path of every picture. */
async function imagesCsv(page: Page): Promise<string> {
  const rows = await listRows(page);
  return writeCsv(
    ['row', 'path'],
    rows.map(({ row, path }) => [row, path]),
  );
}
