import { resolve } from 'node:path';
import { comparedStart } from '../../src/app/session/settings';
import { BATCHES, BATCHES_BUDGET } from '../../src/core/batches';
import { type BackendName, isBundled, type Preset, type RunConfig } from '../../src/core/config';
import { reconstructs } from '../../src/core/methods';
import type { Budget, Planned } from '../../src/core/plan';
import { PRESETS } from '../../src/core/presets';
import { Complaint } from '../complaint';
import { BACKEND, BACKENDS, listed, oneOf, parse, someOf, wholeNumber } from '../options';
import { type PictureFolder, pictureFolder } from '../picture_folder';
import { existingFile, METHODS, RUN_OPTIONS, runValues, STARTS, type StartOption, startOption } from '../run_options';
import { pairsFile } from '../train/partners';
import { BATCHES_METHODS } from './batches';

/** Networks that are trained nowhere here, and yet compared. */
const PRETRAINED = 'pretrained';

/** MoCo's older version adds little to a comparison of methods. */
const USUAL = METHODS.filter((method) => method !== 'moco-v1');

export interface CompareOptions extends PictureFolder {
  out: string;
  backend: BackendName | undefined;
  methods: Preset[];
  /** What is trained, in order: the methods from each of their starts, or an experiment's. */
  planned: readonly (Omit<Planned, 'start'> & { start?: StartOption })[];
  experiment: 'batches' | undefined;
  /** Embed with the pretrained networks as well. */
  pretrained: boolean;
  /** Of each method. */
  budget: Budget;
  /** What is given of every run; all else is the page's choice for these pictures. */
  values: Partial<RunConfig>;
  /** CSV of labels beside those of the folders. */
  labels: string | undefined;
  /** Label column whose groups no test divides. */
  groups: string | undefined;
  /** CSV of partners. */
  pairs: string | undefined;
  /** Try how far small changes of the pictures move each embedding. */
  sensitivity: boolean;
}

const COMMAND = {
  name: 'compare',
  about:
    'Trains each method with the same budget, tests all of them and the baselines by every label column, and writes compare.md, compare.json and a folder for each run. Ctrl-C tests and saves what has been trained.',
  required: ['images', 'out'],
  options: {
    images: ['DIR', 'folder of pictures; its sub-folders are labels'],
    out: ['DIR', 'where the results are written'],
    methods: ['A,B', `of ${METHODS.join(', ')}, ${PRETRAINED}; default ${USUAL.join(',')}`],
    start: [
      STARTS.join('|'),
      'weights to start from, several separated by commas; default what the page would choose, and none',
    ],
    steps: ['N', 'steps of each method, default 300'],
    minutes: ['N', 'or minutes of training of each'],
    seen: ['N', 'or pictures that each sees'],
    labels: ['FILE', 'CSV of labels (file, then a column for each kind of label)'],
    groups: ['COLUMN', 'label column whose groups no test divides'],
    pairs: ['FILE', 'CSV of pictures that show the same thing (file_a,file_b); default pairs.csv in the folder'],
    sensitivity: ['', 'also try how far small changes of the pictures move each embedding: sensitivity.md'],
    experiment: [
      'batches',
      "MoCo's argument: SimCLR at five batch sizes beside MoCo v2 at 16, all seeing as many pictures",
    ],
    ...RUN_OPTIONS,
    backend: BACKEND,
  },
} as const;

/** Reads and checks the arguments of `npm run compare`. Throws a Complaint for the first that does not fit. */
export function compareOptions(args: string[]): CompareOptions {
  const { values: given } = parse(args, COMMAND);
  const folder = pictureFolder(given.images ?? '');
  const experiment = oneOf('experiment', given.experiment, ['batches'] as const);
  for (const name of experiment ? (['methods', 'batch', 'steps', 'minutes', 'start'] as const) : [])
    if (given[name] !== undefined) throw new Complaint(`--experiment ${experiment} chooses its own --${name}.`);
  const named = someOf('methods', given.methods, [...METHODS, PRETRAINED] as const) ?? USUAL;
  const methods = experiment ? [...BATCHES_METHODS] : METHODS.filter((method) => named.includes(method));
  const values = runValues(given);
  return {
    ...folder,
    out: resolve(given.out ?? ''),
    backend: oneOf('backend', given.backend, BACKENDS),
    methods,
    pretrained: named.includes(PRETRAINED),
    experiment,
    planned: experiment
      ? BATCHES.map((one) => ({ ...one, start: 'none' }))
      : methods.flatMap((preset) => startsOf(preset, given.start, values).map((start) => ({ preset, start }))),
    budget: budgetOf(given, experiment ? BATCHES_BUDGET : { kind: 'steps', amount: 300 }),
    values,
    labels: given.labels === undefined ? undefined : existingFile(given.labels),
    groups: given.groups,
    pairs: pairsFile(folder.images, given.pairs),
    sensitivity: given.sensitivity ?? false,
  };
}

/** The starts that are given; else what the page would choose, and random weights, so that the start's worth is seen. */
function startsOf(preset: Preset, given: string | undefined, values: Partial<RunConfig>): StartOption[] {
  const starts = listed('start', given);
  if (starts) return starts.map(startOption);
  const usual = reconstructs(PRESETS[preset].method) ? null : comparedStart(values);
  return isBundled(usual) ? [usual.bundled, 'none'] : ['none'];
}

type Given = Partial<Record<'steps' | 'minutes' | 'seen', string>>;

function budgetOf({ steps, minutes, seen }: Given, otherwise: Budget): Budget {
  const given = [steps, minutes, seen].filter((value) => value !== undefined);
  if (given.length > 1) throw new Complaint('Give one of --steps, --minutes and --seen: the budget of each method.');
  const images = wholeNumber('seen', seen, 1, 1e9);
  if (images !== undefined) return { kind: 'images', amount: images };
  const whole = wholeNumber('steps', steps, 1, 10_000_000);
  if (whole !== undefined) return { kind: 'steps', amount: whole };
  if (minutes === undefined) return otherwise;
  const value = Number(minutes);
  if (!(value > 0 && value <= 10_000)) throw new Complaint(`--minutes is a number above 0, not "${minutes}".`);
  return { kind: 'minutes', amount: value };
}
