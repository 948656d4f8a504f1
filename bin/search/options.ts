import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { BackendName } from '../../src/core/config';
import { FIRST_ENCODER, PRETRAINED, type PretrainedName } from '../../src/core/pretrained';
import type { Region } from '../../src/widgets/RegionPicture';
import { Complaint } from '../complaint';
import { BACKEND, BACKENDS, oneOf, parse, wholeNumber } from '../options';
import { type PictureFolder, pictureFolder } from '../picture_folder';

const NAMES = PRETRAINED.map(({ name }) => name);

const COMMAND = {
  name: 'search',
  about:
    'Finds the pictures of a folder that are like each query, or like several examples together. Writes results.csv (query, rank, path, similarity) and results.png, a row a query.',
  required: ['images', 'query', 'out'],
  options: {
    images: ['DIR', 'folder of pictures that are searched'],
    query: ['FILE...', 'pictures to search for, in the folder or elsewhere'],
    together: ['', 'all of them are examples of one query, not a query each'],
    unlike: ['FILE...', 'pictures that the results of each query shall be less like'],
    region: ['L,T,W,H', 'the part of each query to search for: left, top, width and height, as shares of its sides'],
    out: ['DIR', 'where the results are written'],
    encoder: [
      `${NAMES.join('|')}|DIR`,
      `what embeds the pictures, or a folder that npm run train wrote; default ${FIRST_ENCODER}`,
    ],
    top: ['N', 'results of each query, default 20'],
    backend: BACKEND,
  },
} as const;

/** A network that comes with the page, or what `npm run train` has written: its weights, and the side of its views. */
export type SearchEncoder = { network: PretrainedName } | { weights: string; side: number };

export interface Query {
  /** As it was given. */
  given: string;
  file: string;
  /** Its path below the folder of pictures, with slashes; null: it lies elsewhere. */
  inside: string | null;
}

export interface SearchOptions extends PictureFolder {
  out: string;
  queries: Query[];
  /** The queries are one. */
  together: boolean;
  unlike: Query[];
  /** Of each query, in shares of its sides; null: all of it. */
  region: Region | null;
  encoder: SearchEncoder;
  /** Neighbours a query. */
  top: number;
  backend: BackendName | undefined;
}

/** Reads and checks the arguments of `npm run search`. Throws a Complaint for the first that does not fit. */
export function searchOptions(args: string[]): SearchOptions {
  const { values: given } = parse(args, COMMAND);
  const folder = pictureFolder(given.images ?? '');
  return {
    ...folder,
    out: resolve(given.out ?? ''),
    queries: (given.query ?? []).map((file) => query(file, folder.images)),
    together: given.together ?? false,
    unlike: (given.unlike ?? []).map((file) => query(file, folder.images)),
    region: regionOf(given.region),
    encoder: encoderOf(given.encoder),
    top: wholeNumber('top', given.top, 1, 10_000) ?? 20,
    backend: oneOf('backend', given.backend, BACKENDS),
  };
}

function regionOf(given: string | undefined): Region | null {
  if (given === undefined) return null;
  const [left, top, width, height, ...more] = given.split(',').map(Number);
  const inside = left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= 1 && top + height <= 1;
  if (inside && more.length === 0) return { left, top, width, height };
  throw new Complaint(`--region is four shares of a picture, such as .25,0,.5,1 for its middle, not "${given}".`);
}

function query(given: string, images: string): Query {
  const file = resolve(given);
  if (!existsSync(file)) throw new Complaint(`There is no file ${given} to search for.`);
  if (!statSync(file).isFile()) throw new Complaint(`${given} is a folder; --query and --unlike take pictures.`);
  const path = relative(images, realpathSync(file)).replaceAll('\\', '/');
  return { given, file, inside: path.startsWith('../') || resolve(path) === path ? null : path };
}

function encoderOf(given: string | undefined): SearchEncoder {
  const network = NAMES.find((name) => name === (given ?? FIRST_ENCODER));
  if (network) return { network };
  const folder = resolve(given ?? '');
  const [weights, report] = [join(folder, 'model.safetensors'), join(folder, 'report.json')];
  if (!existsSync(folder))
    throw new Complaint(
      `--encoder is one of ${NAMES.join(', ')} or a folder that npm run train wrote, not "${given}".`,
    );
  if (!existsSync(weights) || !existsSync(report))
    throw new Complaint(`${given} is no folder that npm run train wrote: it lacks model.safetensors or report.json.`);
  try {
    const side: unknown = JSON.parse(readFileSync(report, 'utf8')).config.side;
    if (typeof side === 'number' && side >= 8) return { weights, side };
  } catch {
    // Said below.
  }
  throw new Complaint(`${given}/report.json does not say at which side the run saw its pictures.`);
}
