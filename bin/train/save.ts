import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Measure } from '../../src/core/records';
import type {} from '../../src/state/scripting';
import { Complaint } from '../complaint';
import { partnerMeasures } from './partners';
import { say } from './watch';

/** Bytes a message from the page: weights of a large encoder would be too much for one. */
const CHUNK = 4 * 2 ** 20;

/** The files of a run as the page exports them. */
async function exportedFiles(page: Page, run: string): Promise<Record<string, Uint8Array>> {
  const exported = await page.evaluateHandle((id) => lookalike.actions.exportRun(id), run);
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
export async function saveFiles(page: Page, run: string, out: string, pairs: string | undefined): Promise<Measure[]> {
  const files = await exportedFiles(page, run);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(out, name), bytes);
  if (!pairs) return [];
  try {
    const partners = partnerMeasures(pairs, files);
    const report = JSON.parse(new TextDecoder().decode(files['report.json']));
    writeFileSync(join(out, 'report.json'), `${JSON.stringify({ ...report, partners }, null, 2)}\n`);
    return partners;
  } catch (cause) {
    if (!(cause instanceof Complaint)) throw cause;
    say(cause.message);
    return [];
  }
}

/** Writes everything a run leaves behind: its files, and two pictures of the page. */
export async function saveRun(page: Page, run: string, out: string, pairs: string | undefined): Promise<void> {
  await saveFiles(page, run, out, pairs);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
  await page.getByRole('region', { name: 'Probe neighbours' }).screenshot({ path: join(out, 'neighbours.png') });
  await page.screenshot({ path: join(out, 'page.png'), fullPage: true });
}
