import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Preset, RecipeName, RunConfig } from '../src/core/config';
import { PRETRAINED, type PretrainedName } from '../src/core/pretrained';
import { Complaint } from './complaint';
import { oneOf, wholeNumber } from './options';

// Options of a run that `train` and `compare` share. What is not given is the page's choice for these pictures.

/** Methods by the names of their published values. */
export const METHODS = ['moco-v2', 'moco-v1', 'simclr', 'triplet', 'ae', 'dae', 'vae'] as const satisfies Preset[];

const BACKBONES = ['resnet8', 'resnet18', 'resnet34', 'resnet50'] as const;
const WIDTHS = ['16', '32', '64'] as const;
const RECIPES = ['natural', 'product', 'overhead', 'grey'] as const satisfies RecipeName[];

export const RUN_OPTIONS = {
  backbone: [BACKBONES.join('|'), 'encoder that begins with random weights'],
  width: [WIDTHS.join('|'), 'channels of its first stage'],
  side: ['N', 'pixels of a view'],
  batch: ['N', 'batch size'],
  queue: ['N', "keys in MoCo's queue, a multiple of the batch size"],
  seed: ['N', 'seed of all that is random, default 0'],
  aug: [RECIPES.join('|'), 'kind of pictures: what a view may change is what search will ignore'],
} as const;

type Given = Partial<Record<keyof typeof RUN_OPTIONS, string>>;

/** What is known, without fields that are undefined. */
export const known = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

/** The values that are given. Throws a Complaint for the first that does not fit. */
export function runValues(given: Given): Partial<RunConfig> {
  const width = oneOf('width', given.width, WIDTHS);
  return known({
    backbone: oneOf('backbone', given.backbone, BACKBONES),
    width: width && (Number(width) as RunConfig['width']),
    side: wholeNumber('side', given.side, 8, 1024),
    batch: wholeNumber('batch', given.batch, 2, 4096),
    queue: wholeNumber('queue', given.queue, 1, 65536),
    seed: wholeNumber('seed', given.seed, 0, 2 ** 31 - 1),
    recipe: oneOf('aug', given.aug, RECIPES),
  });
}

/** What `--start` names: random weights, a network that comes with the page, or an existing file of weights. */
export type StartOption = 'none' | PretrainedName | { file: string };

export const STARTS = ['none', ...PRETRAINED.map(({ name }) => name), 'FILE.safetensors'];

export function startOption(given: string): StartOption {
  const named = PRETRAINED.find(({ name }) => name === given)?.name;
  return named ?? (given === 'none' ? given : { file: existingFile(given) });
}

export function existingFile(given: string): string {
  if (!existsSync(given)) throw new Complaint(`There is no file ${given}.`);
  return resolve(given);
}
