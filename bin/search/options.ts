import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { BackendName } from '../../src/core/config';
import { FIRST_ENCODER, PRETRAINED, type PretrainedName } from '../../src/core/pretrained';
import { Complaint } from '../complaint';
import { BACKENDS, oneOf, parse, wholeNumber } from '../options';
import { folderOfPictures } from '../train/options';

const NAMES = PRETRAINED.map(({ name }) => name);

const USAGE = `Usage: npm run search -- --images DIR --query FILE... --out DIR [--encoder ${NAMES.join('|')}|RUN DIR] [--top 20] [--backend webgpu|wasm|webgl|cpu]`;

/** A network that comes with the page, or what `npm run train` has written: its weights, and the side of its views. */
export type SearchEncoder = { network: PretrainedName } | { weights: string; side: number };

export interface Query {
  /** As it was given. */
  given: string;
  file: string;
  /** Its path below the folder of pictures, with slashes; null: it lies elsewhere. */
  inside: string | null;
}

export interface SearchOptions {
  images: string;
  name: string;
  out: string;
  queries: Query[];
  encoder: SearchEncoder;
  /** Neighbours a query. */
  top: number;
  backend: BackendName | undefined;
}

const string = { type: 'string' } as const;

/** Reads and checks the arguments of `npm run search`. Throws a Complaint for the first that does not fit. */
export function searchOptions(args: string[]): SearchOptions {
  const { values: given, positionals } = parse(
    args,
    {
      ...{ images: string, out: string, encoder: string, top: string, backend: string },
      query: { type: 'string', multiple: true },
    },
    USAGE,
  );
  for (const name of ['images', 'query', 'out'] as const)
    if (!given[name]) throw new Complaint(`--${name} is missing. ${USAGE}`);
  const images = folderOfPictures(given.images ?? '');
  return {
    images,
    name: basename(images),
    out: resolve(given.out ?? ''),
    // What follows the first file without an option of its own is more of them.
    queries: [...(given.query ?? []), ...positionals].map((file) => query(file, images)),
    encoder: encoderOf(given.encoder),
    top: wholeNumber('top', given.top, 1, 10_000) ?? 20,
    backend: oneOf('backend', given.backend, BACKENDS),
  };
}

function query(given: string, images: string): Query {
  const file = resolve(given);
  if (!existsSync(file)) throw new Complaint(`There is no file ${given} to search for.`);
  if (!statSync(file).isFile()) throw new Complaint(`${given} is a folder; --query takes pictures.`);
  const path = relative(images, file).replaceAll('\\', '/');
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
