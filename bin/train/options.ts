import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { LEAST_SIDE } from '../../src/core/adaptation';
import type { BackendName, Preset, RecipeName, RunConfig } from '../../src/core/config';
import { FIRST_ENCODER, PRETRAINED, type PretrainedName } from '../../src/core/pretrained';
import { STAGES } from '../../src/core/representation';
import { Complaint } from '../complaint';
import { BACKENDS, oneOf, PRECISIONS, parse, wholeNumber } from '../options';
import { pairsFile } from './partners';

const USAGE =
  'Usage: npm run train -- --images DIR --out DIR [--preset moco-v2|moco-v1|simclr|triplet|ae|dae|vae] [--backbone resnet8] [--width 16] [--side 32] ' +
  '[--batch 32] [--queue 512] [--steps 300] [--seed 0] [--backend webgpu|wasm|webgl|cpu] [--aug natural] ' +
  '[--symmetric] [--key-norm shuffle|eman] [--precision full|half] [--start none|inception-v3|mobilenet-v2|FILE.safetensors] [--freeze LAYER|0..5] [--views N] [--neighbours K] [--pairs FILE] [--embeddings NAME]';

export interface TrainOptions {
  images: string;
  /** Name of the data set: the folder's. */
  name: string;
  out: string;
  backend: BackendName | undefined;
  preset: Preset;
  recipe: RecipeName;
  /** Values that are set whatever the page would choose. */
  values: Partial<RunConfig>;
  /** Taken over from these when the page's own choice is no smaller: small folders need less. */
  most: { batch: number; queue?: number };
  /** A file of weights to start from; its backbone is the run's. */
  start: string | undefined;
  /** Parts of it that do not learn. */
  freeze: number;
  /** CSV of partners: the one that was named, else pairs.csv of the folder if it is there. */
  pairs: string | undefined;
  /** Whose embeddings are saved, by the name in the report; undefined: the best encoder's. */
  embeddings: string | undefined;
}

/** Methods by the names of their published values. */
export const METHODS = ['moco-v2', 'moco-v1', 'simclr', 'triplet', 'ae', 'dae', 'vae'] as const;

/** Encoders that a report tells of, by their names. */
const ENCODERS = [
  ...['raw pixels', 'colour histogram', 'untrained'],
  ...[...PRETRAINED.map(({ name }) => name), 'trained'].flatMap((name) => [name, `${name} refined`]),
];

const string = { type: 'string' } as const;
const boolean = { type: 'boolean' } as const;

export const RECIPES = ['natural', 'product', 'overhead', 'grey'] as const;
export const MOST = { batch: 32, queue: 512 };

type Given = Partial<Record<'backbone' | 'width' | 'side' | 'seed' | 'batch' | 'queue', string>>;

/** Encoder, view, seed, batch and queue: what every method of a comparison has in common. */
export function encoderValues(given: Given): Partial<RunConfig> & Pick<RunConfig, 'side'> {
  const whole = (name: keyof Given, least: number, most: number) => wholeNumber(name, given[name], least, most);
  const batch = whole('batch', 2, 4096);
  const queue = whole('queue', 1, 65536);
  const width = oneOf('width', given.width, ['16', '32', '64']) ?? '16';
  return {
    backbone: oneOf('backbone', given.backbone, ['resnet8', 'resnet18', 'resnet34', 'resnet50']) ?? 'resnet8',
    width: Number(width) as RunConfig['width'],
    side: whole('side', 8, 1024) ?? 32,
    seed: whole('seed', 0, 2 ** 31 - 1) ?? 0,
    ...(batch === undefined ? {} : { batch }),
    ...(queue === undefined ? {} : { queue }),
  };
}

type Adapting = Given & Partial<Record<'preset' | 'start' | 'freeze' | 'views' | 'neighbours' | 'steps', string>>;

/** What `--start` names: random weights, a network that comes with the page, or an existing file of weights. */
export type StartOption = 'none' | PretrainedName | { file: string };

export function startOption(given: string): StartOption {
  const named = PRETRAINED.find(({ name }) => name === given)?.name;
  return named ?? (given === 'none' ? given : { file: existing(given) });
}

/** What a method starts from where `--start` is not given: InceptionV3, unless an encoder or views of another kind are asked for. */
export function usualStart(preset: string, { backbone, width, side }: Given): 'none' | PretrainedName {
  const another = backbone !== undefined || width !== undefined || Number(side ?? LEAST_SIDE) < LEAST_SIDE;
  return another || /ae$/.test(preset) ? 'none' : FIRST_ENCODER;
}

/** Only what is given: all else is the page's choice. */
function adaptedValues(given: Adapting, bundled: PretrainedName): Partial<RunConfig> {
  const { backbone: _, width: __, side, ...values } = encoderValues(given);
  const layer = STAGES[bundled].indexOf(given.freeze ?? '');
  const frozen = layer >= 0 ? layer + 1 : wholeNumber('freeze', given.freeze, 0, 5);
  const views = wholeNumber('views', given.views, 0, 100);
  const neighbours = wholeNumber('neighbours', given.neighbours, 0, 100);
  const set = { side: given.side === undefined ? undefined : side, frozen, views, neighbours };
  const chosen = Object.entries(set).filter(([, value]) => value !== undefined);
  return { ...values, start: { bundled }, ...Object.fromEntries(chosen) };
}

/** Reads and checks the arguments of `npm run train`. Throws a Complaint for the first that does not fit. */
export function trainOptions(args: string[]): TrainOptions {
  const { values: given, positionals } = parse(
    args,
    {
      images: string,
      out: string,
      preset: string,
      backbone: string,
      width: string,
      side: string,
      batch: string,
      queue: string,
      steps: string,
      seed: string,
      backend: string,
      aug: string,
      symmetric: boolean,
      'key-norm': string,
      precision: string,
      start: string,
      freeze: string,
      views: string,
      neighbours: string,
      pairs: string,
      embeddings: string,
    },
    USAGE,
  );
  if (positionals.length > 0) throw new Complaint(`"${positionals[0]}" belongs to no option. ${USAGE}`);
  if (!given.images || !given.out) throw new Complaint(`--${given.images ? 'out' : 'images'} is missing. ${USAGE}`);
  const images = folderOfPictures(given.images);
  const start = given.start === undefined ? usualStart(given.preset ?? '', given) : startOption(given.start);
  const network = typeof start === 'string' && start !== 'none' ? start : null;
  const steps = wholeNumber('steps', given.steps, 1, 10_000_000);
  return {
    images,
    name: basename(images),
    out: resolve(given.out),
    backend: oneOf('backend', given.backend, BACKENDS),
    preset: oneOf('preset', given.preset, METHODS) ?? 'moco-v2',
    recipe: oneOf('aug', given.aug, RECIPES) ?? 'natural',
    values: {
      ...(network ? adaptedValues(given, network) : { ...encoderValues(given), start: null }),
      ...(network && steps === undefined ? {} : { steps: steps ?? 300 }),
      symmetric: given.symmetric ?? false,
      ...(network ? {} : { keyNorm: oneOf('key-norm', given['key-norm'], ['shuffle', 'eman']) ?? 'shuffle' }),
      precision: oneOf('precision', given.precision, PRECISIONS) ?? 'full',
    },
    most: MOST,
    start: typeof start === 'string' ? undefined : start.file,
    freeze: network ? 0 : (wholeNumber('freeze', given.freeze, 0, 5) ?? 0),
    pairs: pairsFile(images, given.pairs),
    embeddings: oneOf('embeddings', given.embeddings, ENCODERS),
  };
}

/** An existing folder that holds files. */
export function folderOfPictures(given: string): string {
  const folder = resolve(given);
  if (!existsSync(folder)) throw new Complaint(`There is no folder ${given}.`);
  if (!statSync(folder).isDirectory()) throw new Complaint(`${given} is a file; --images takes a folder of pictures.`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  if (!files.some((file) => file.isFile() && !file.name.startsWith('.'))) {
    throw new Complaint(`The folder ${given} holds no files.`);
  }
  return folder;
}

function existing(given: string): string {
  if (!existsSync(given)) throw new Complaint(`There is no file ${given}.`);
  return resolve(given);
}
