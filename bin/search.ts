import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { pretrainedRun } from '../src/core/pretrained';
import { type App, inApp } from './app';
import { Complaint } from './complaint';
import { paintRows } from './rows_picture';
import { embedWith, importWithQueries, listRows, nearestTo, refusalOf } from './search/drive';
import { type SearchEncoder, type SearchOptions, searchOptions } from './search/options';
import {
  type Asked,
  asked,
  type Found,
  givenPictures,
  ofFolder,
  pathOf,
  queryRows,
  type Row,
  resultsCsv,
} from './search/results';
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
  const { out } = options;
  const pictures = givenPictures(options);
  say(`Device: ${device.backend}, ${device.name}. ${device.why}`);
  await watched(importWithQueries(page, options), async () => importLine(await progressOf(page)));
  const rows = await listRows(page);
  const places: number[] = [];
  for (const [i, place] of queryRows(pictures, rows).entries()) {
    const { given } = pictures[i];
    if (place === undefined)
      throw new Complaint(`${given} cannot be searched for: ${await refusalOf(page, pathOf(pictures[i], i))}`);
    places.push(place);
  }
  if (rows.length < 2) throw new Complaint(`${options.images} holds no other picture to find.`);
  const encoder = await chosen(page, options.encoder);
  const all: Found[] = [];
  for (const query of asked(options)) all.push(await found(page, encoder, query, places, rows, options));
  writeFileSync(join(out, 'results.csv'), resultsCsv(all));
  writeFileSync(join(out, 'results.png'), await paintRows(page, all.map(lineOf)));
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

/** What is found of one query. `places`: the row of each picture that was given. */
async function found(
  page: Page,
  encoder: string,
  query: Asked,
  places: readonly number[],
  rows: readonly Row[],
  options: SearchOptions,
): Promise<Found> {
  const { region, top } = options;
  const given = givenPictures(options);
  const [like, unlike] = [query.like, query.unlike].map((some) => some.map((i) => places[i]));
  const nearest = await nearestTo(page, { encoder, like, unlike, region, count: top + given.length });
  // A picture of the folder with the bytes of one from elsewhere is found first.
  const same = like.length === 1 && unlike.length === 0 && !region && given[query.like[0]].inside === null;
  const others = nearest.filter(({ row }) => !like.includes(row));
  const all = same ? [{ row: like[0], similarity: 1 }, ...others] : others;
  return { query, rows: [...like, ...unlike], neighbours: ofFolder(all, rows, top) };
}

const lineOf = ({ query, rows, neighbours }: Found) => ({
  title: query.given,
  rows: [...rows, ...neighbours.slice(0, SHOWN).map((one) => one.row)],
  words: [
    ...query.like.map(() => 'query'),
    ...query.unlike.map(() => 'unlike'),
    ...neighbours.slice(0, SHOWN).map(({ similarity }) => similarity.toFixed(3)),
  ],
  framed: rows.length,
});
