import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { pretrainedRun } from '../src/core/pretrained';
import { type App, inApp } from './app';
import { Complaint } from './complaint';
import { paintRows } from './rows_picture';
import { embedWith, importWithQueries, listRows, refusalOf } from './search/drive';
import { type Query, type SearchEncoder, type SearchOptions, searchOptions } from './search/options';
import { type Found, ofFolder, pathOf, queryRows, type Row, resultsCsv } from './search/results';
import { progressOf, takeFile } from './train/drive';
import { prepareFolder } from './train/save';
import { importLine, say, watched } from './train/watch';

/** Neighbours of a query that the picture shows. */
const SHOWN = 12;

/** `npm run search`: embeds a folder of pictures and finds the ones like each query. */
export async function main(args: string[]): Promise<void> {
  const options = searchOptions(args);
  prepareFolder(options.out);
  await inApp(options.backend, (app) => searchIn(app, options));
}

async function searchIn({ page, device }: App, options: SearchOptions): Promise<void> {
  const { queries, out } = options;
  say(`Device: ${device.backend}, ${device.name}. ${device.why}`);
  await watched(importWithQueries(page, options), async () => importLine(await progressOf(page)));
  const rows = await listRows(page);
  const places = queryRows(queries, rows);
  for (const [i, place] of places.entries())
    if (place === undefined)
      throw new Complaint(
        `${queries[i].given} cannot be searched for: ${await refusalOf(page, pathOf(queries[i], i))}`,
      );
  if (rows.length < 2) throw new Complaint(`${options.images} holds no other picture to find.`);
  const encoder = await chosen(page, options.encoder);
  const found: Found[] = [];
  for (const [i, row] of places.entries())
    if (row !== undefined) found.push(await nearest(page, encoder, queries[i], row, rows, options));
  writeFileSync(join(out, 'results.csv'), resultsCsv(found));
  writeFileSync(join(out, 'results.png'), await paintRows(page, found.map(lineOf)));
  say(`Saved in ${out}`);
}

/** Has the pictures embedded; returns under which name. */
async function chosen(page: Page, encoder: SearchEncoder): Promise<string> {
  const wait = (name: string) =>
    watched(embedWith(page, name), async () => {
      const { message } = await progressOf(page);
      return message;
    });
  if ('network' in encoder) {
    await page.evaluate((name) => lookalike.actions.addPretrained(name, { views: false }), encoder.network);
    await wait(pretrainedRun(encoder.network));
    return pretrainedRun(encoder.network);
  }
  const file = await takeFile(page, encoder.weights);
  await page.evaluate(([weights, side]) => lookalike.actions.addFrozen(weights, { views: false, side }), [
    file,
    encoder.side,
  ] as const);
  await wait(pretrainedRun(file.name));
  return pretrainedRun(file.name);
}

async function nearest(
  page: Page,
  encoder: string,
  query: Query,
  row: number,
  rows: readonly Row[],
  { top, queries }: SearchOptions,
): Promise<Found> {
  const result = await page.evaluate(([of, which, count]) => lookalike.actions.neighboursIn(of, which, count), [
    encoder,
    row,
    top + queries.length,
  ] as const);
  return { query, row, neighbours: ofFolder(query, row, result?.neighbours ?? [], rows, top) };
}

const lineOf = ({ query, row, neighbours }: Found) => ({
  title: query.given,
  rows: [row, ...neighbours.slice(0, SHOWN).map((one) => one.row)],
  words: ['query', ...neighbours.slice(0, SHOWN).map(({ similarity }) => similarity.toFixed(3))],
});
