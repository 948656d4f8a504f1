import { resolve } from 'node:path';
import type { BackendName, RunConfig } from '../../src/core/config';
import { FIRST_ENCODER, PRETRAINED, type PretrainedName } from '../../src/core/pretrained';
import { STAGES } from '../../src/core/representation';
import { Complaint } from '../complaint';
import { BACKEND, BACKENDS, oneOf, PRECISIONS, parse, wholeNumber } from '../options';
import { type PictureFolder, pictureFolder } from '../picture_folder';
import { known, METHODS, RUN_OPTIONS, runValues, STARTS, startOption } from '../run_options';
import { pairsFile } from './partners';

export interface TrainOptions extends PictureFolder {
  out: string;
  backend: BackendName | undefined;
  /** What is given of the run, as a user would set it on the page: all else is the page's choice for these pictures. */
  values: Partial<RunConfig>;
  /** A file of weights to start from; its backbone is the run's. */
  start: string | undefined;
  /** CSV of partners: the one that was named, else pairs.csv of the folder if it is there. */
  pairs: string | undefined;
  /** Whose embeddings are saved, by the name in the report; undefined: the best encoder's. */
  embeddings: string | undefined;
}

/** Encoders that a report tells of, by their names. */
const ENCODERS = [
  ...['raw pixels', 'colour histogram', 'untrained'],
  ...[...PRETRAINED.map(({ name }) => name), 'trained'].flatMap((name) => [name, `${name} refined`]),
];

const COMMAND = {
  name: 'train',
  about:
    'Trains on a folder of pictures, then measures the trained encoder beside networks that were not trained on them. What is not given is chosen for the pictures, as on the page. Writes report.json, loss.csv, embeddings.npy, images.csv, neighbours.csv, model.safetensors, model.onnx, neighbours.png and page.png, and ends with a table and a verdict. Ctrl-C stops the run and saves it.',
  required: ['images', 'out'],
  options: {
    images: ['DIR', 'folder of pictures; its sub-folders are labels'],
    out: ['DIR', 'where the results are written'],
    preset: [METHODS.join('|'), 'method, with its published values; default moco-v2'],
    start: [
      STARTS.join('|'),
      `weights to start from; default ${FIRST_ENCODER}, none for autoencoders and with --backbone or --width`,
    ],
    steps: ['N', 'length of the run'],
    ...RUN_OPTIONS,
    freeze: ['N|LAYER', 'frozen layers from the picture upwards: how many stages, or the last one by name'],
    views: ['N', 'views kept of each picture; 0 makes new ones for each step'],
    neighbours: ['N', 'nearest pictures that may serve as the other view; 0 for none'],
    symmetric: ['', 'use each view once as query and once as key'],
    'key-norm': ['shuffle|eman', "batch norm of MoCo's keys"],
    precision: [PRECISIONS.join('|'), 'of activations; default full'],
    pairs: ['FILE', 'CSV of pictures that show the same thing (file_a,file_b); default pairs.csv in the folder'],
    embeddings: ['NAME', 'whose embeddings are saved, by the name in the table; default the best'],
    backend: BACKEND,
  },
} as const;

/** Frozen stages: a number, or the last of them by its name in the network that is started from. */
function frozenStages(given: string | undefined, network: PretrainedName | null): number | undefined {
  const place = network && given ? STAGES[network].indexOf(given) : -1;
  return place >= 0 ? place + 1 : wholeNumber('freeze', given, 0, 7);
}

/** Reads and checks the arguments of `npm run train`. Throws a Complaint for the first that does not fit. */
export function trainOptions(args: string[]): TrainOptions {
  const { values: given } = parse(args, COMMAND);
  const folder = pictureFolder(given.images ?? '');
  const start = given.start === undefined ? undefined : startOption(given.start);
  const file = typeof start === 'object' ? start.file : undefined;
  const network = typeof start === 'string' && start !== 'none' ? start : null;
  for (const name of ['backbone', 'width'] as const)
    if (given[name] !== undefined && (network || file))
      throw new Complaint(`--${name} is for random weights; --start ${given.start} has its own.`);
  return {
    ...folder,
    out: resolve(given.out ?? ''),
    backend: oneOf('backend', given.backend, BACKENDS),
    values: {
      ...runValues(given),
      ...known({
        preset: oneOf('preset', given.preset, METHODS),
        start: network ? { bundled: network } : start === 'none' ? null : undefined,
        steps: wholeNumber('steps', given.steps, 1, 10_000_000),
        frozen: frozenStages(given.freeze, network ?? (start === undefined ? FIRST_ENCODER : null)),
        views: wholeNumber('views', given.views, 0, 100),
        neighbours: wholeNumber('neighbours', given.neighbours, 0, 100),
        symmetric: given.symmetric,
        keyNorm: oneOf('key-norm', given['key-norm'], ['shuffle', 'eman'] as const),
        precision: oneOf('precision', given.precision, PRECISIONS),
      }),
    },
    start: file,
    pairs: pairsFile(folder.images, given.pairs),
    embeddings: oneOf('embeddings', given.embeddings, ENCODERS),
  };
}
