import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { BackendName, Preset } from '../../src/core/config';
import type { Budget, Planned } from '../../src/core/plan';
import { Complaint } from '../complaint';
import { BACKENDS, oneOf, parse, wholeNumber } from '../options';
import {
  encoderValues,
  folderOfPictures,
  METHODS,
  MOST,
  RECIPES,
  type StartOption,
  startOption,
  type TrainOptions,
  usualStart,
} from '../train/options';
import { pairsFile } from '../train/partners';
import { BATCHES, BATCHES_BUDGET, BATCHES_METHODS } from './batches';

/** Networks that are trained nowhere here, and yet compared. */
const PRETRAINED = 'pretrained';

const USAGE = `Usage: npm run compare -- --images DIR --out DIR [--methods ${METHODS.filter((method) => method !== 'moco-v1').join(',')},${PRETRAINED}] [--steps 300 | --minutes 5 | --seen 20000] [--experiment batches] [--labels FILE.csv] [--groups COLUMN] [--pairs FILE.csv] [--start inception-v3,none|mobilenet-v2|FILE.safetensors] [--backbone resnet8] [--width 16] [--side 32] [--batch 32] [--queue 512] [--seed 0] [--backend webgpu|wasm|webgl|cpu] [--aug natural]`;

export interface CompareOptions extends Pick<TrainOptions, 'images' | 'name' | 'out' | 'recipe' | 'most' | 'pairs'> {
  backend: BackendName | undefined;
  methods: Preset[];
  /** What is trained, in order: the methods from each of their starts, or an experiment's. */
  planned: readonly (Omit<Planned, 'start'> & { start?: StartOption })[];
  experiment: 'batches' | undefined;
  /** Embed with the pretrained networks as well. */
  pretrained: boolean;
  /** Of each method. */
  budget: Budget;
  values: ReturnType<typeof encoderValues>;
  /** CSV of labels beside those of the folders. */
  labels: string | undefined;
  /** Label column whose groups no test divides. */
  groups: string | undefined;
}

const string = { type: 'string' } as const;

/** Reads and checks the arguments of `npm run compare`. Throws a Complaint for the first that does not fit. */
export function compareOptions(args: string[]): CompareOptions {
  const options = {
    ...{ images: string, out: string, methods: string, steps: string, minutes: string, seen: string },
    ...{ labels: string, groups: string, pairs: string, experiment: string },
    ...{ backbone: string, width: string, side: string, batch: string, queue: string, seed: string },
    ...{ backend: string, aug: string, start: string },
  };
  const { values: given, positionals } = parse(args, options, USAGE);
  if (positionals.length > 0) throw new Complaint(`"${positionals[0]}" belongs to no option. ${USAGE}`);
  if (!given.images || !given.out) throw new Complaint(`--${given.images ? 'out' : 'images'} is missing. ${USAGE}`);
  if (given.labels !== undefined && !existsSync(given.labels)) throw new Complaint(`There is no file ${given.labels}.`);
  const images = folderOfPictures(given.images);
  const experiment = oneOf('experiment', given.experiment, ['batches'] as const);
  for (const name of experiment ? (['methods', 'batch', 'steps', 'minutes', 'start'] as const) : [])
    if (given[name] !== undefined) throw new Complaint(`--experiment ${experiment} chooses its own --${name}.`);
  const chosen = experiment ? { methods: [...BATCHES_METHODS], pretrained: false } : methodsOf(given.methods);
  return {
    images,
    name: basename(images),
    out: resolve(given.out),
    backend: oneOf('backend', given.backend, BACKENDS),
    ...chosen,
    experiment,
    planned: experiment
      ? BATCHES.map((one) => ({ ...one, start: 'none' }))
      : chosen.methods.flatMap((preset) => startsOf(preset, given).map((start) => ({ preset, start }))),
    budget: budgetOf(given, experiment ? BATCHES_BUDGET : { kind: 'steps', steps: 300 }),
    recipe: oneOf('aug', given.aug, RECIPES) ?? 'natural',
    values: encoderValues(given),
    // The page's own queue fits the pictures, and each start.
    most: { batch: MOST.batch },
    labels: given.labels === undefined ? undefined : resolve(given.labels),
    groups: given.groups,
    pairs: pairsFile(images, given.pairs),
  };
}

/** The starts that are given; else what the page would choose, and random weights, so that the start's worth is seen. */
function startsOf(preset: Preset, given: Given): StartOption[] {
  if (given.start === undefined) return [...new Set<StartOption>([usualStart(preset, given), 'none'])];
  const names = given.start.split(',').map((name) => name.trim());
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new Complaint(`--start names ${twice} twice.`);
  return names.map(startOption);
}

function methodsOf(given: string | undefined): Pick<CompareOptions, 'methods' | 'pretrained'> {
  if (given === undefined) return { methods: METHODS.filter((method) => method !== 'moco-v1'), pretrained: false };
  const names = given.split(',').map((name) => name.trim());
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new Complaint(`--methods names ${twice} twice.`);
  const chosen = names.map((name) => oneOf('methods', name, [...METHODS, PRETRAINED] as const));
  return { methods: METHODS.filter((method) => chosen.includes(method)), pretrained: chosen.includes(PRETRAINED) };
}

type Given = Partial<Record<'steps' | 'minutes' | 'seen' | 'start' | 'backbone' | 'width' | 'side', string>>;

function budgetOf({ steps, minutes, seen }: Given, otherwise: Budget): Budget {
  const given = [steps, minutes, seen].filter((value) => value !== undefined);
  if (given.length > 1) throw new Complaint('Give one of --steps, --minutes and --seen: the budget of each method.');
  const images = wholeNumber('seen', seen, 1, 1e9);
  if (images !== undefined) return { kind: 'images', images };
  const whole = wholeNumber('steps', steps, 1, 10_000_000);
  if (whole !== undefined) return { kind: 'steps', steps: whole };
  if (minutes === undefined) return otherwise;
  const value = Number(minutes);
  if (!(value > 0 && value <= 10_000)) throw new Complaint(`--minutes is a number above 0, not "${minutes}".`);
  return { kind: 'minutes', minutes: value };
}
