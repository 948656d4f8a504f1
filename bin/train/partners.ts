import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { readCsv } from '../../src/core/formats/csv';
import type { Measure } from '../../src/core/records';
import { partnerRecall } from '../../src/evaluate/partner';
import { Complaint } from '../complaint';
import { readNpy } from '../read_npy';

const PAIR = ['file_a', 'file_b'];

/** Columns of a CSV by their names. Throws a Complaint when one is missing or the text is no CSV. */
function columnsOf(text: string, names: readonly string[], what: string): string[][] {
  try {
    const { columns, rows } = readCsv(text);
    const at = names.map((name) => columns.indexOf(name));
    const missing = names.find((_, i) => at[i] < 0);
    if (missing) throw new Complaint(`${what} has no column ${missing}.`);
    return rows.map((row) => at.map((column) => row[column]));
  } catch (cause) {
    if (cause instanceof Complaint) throw cause;
    throw new Complaint(`${what}: ${(cause as Error).message}`);
  }
}

/** Rows of the pictures that a CSV with the columns file_a and file_b pairs. Pairs with a picture that is not in are left out. */
export function pairedRows(pairsCsv: string, imagesCsv: string, what: string): [number, number][] {
  const rowOf = new Map(columnsOf(imagesCsv, ['path', 'row'], 'images.csv').map(([path, row]) => [path, Number(row)]));
  return columnsOf(pairsCsv, PAIR, what).flatMap(([a, b]): [number, number][] => {
    const [first, second] = [rowOf.get(a), rowOf.get(b)];
    return first === undefined || second === undefined ? [] : [[first, second]];
  });
}

/** What a path is called in a sentence. */
const called = (path: string): string => relative(process.cwd(), path);

/**
 * The CSV of partners: the one that was named, else that of the folder of pictures. Throws a Complaint for a name without
 * file, and for a file that pairs nothing: that is better known before training than behind it.
 */
export function pairsFile(images: string, given: string | undefined): string | undefined {
  const file = given === undefined ? resolve(images, 'pairs.csv') : resolve(given);
  if (existsSync(file)) {
    columnsOf(readFileSync(file, 'utf8'), PAIR, called(file));
    return file;
  }
  if (given !== undefined) throw new Complaint(`There is no file ${given}.`);
  return undefined;
}

/** Recall@1 of partners both ways, from the exported embeddings; every pair is asked. */
export function partnerMeasures(pairsPath: string, files: Readonly<Record<string, Uint8Array>>): Measure[] {
  const what = called(pairsPath);
  const imagesCsv = new TextDecoder().decode(files['images.csv']);
  const pairs = pairedRows(readFileSync(pairsPath, 'utf8'), imagesCsv, what);
  if (pairs.length < 2) throw new Complaint(`${what} pairs fewer than two of the pictures that were taken in.`);
  const { shape, data } = readNpy(files['embeddings.npy']);
  return partnerRecall({ values: data, count: shape[0], dim: shape[1] }, pairs, pairs.length);
}
