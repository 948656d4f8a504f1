import { percent, significant } from './amounts';

/** What is known of a measure of an embedding, whoever takes it. */
export interface MeasureInfo {
  /** In plain words, beside the paper's term, which is its name. */
  title: string;
  /** One sentence for who wants to know. */
  about: string;
  /** Which way it gets better; null where neither end is good by itself. */
  better: 'higher' | 'lower' | null;
  /** A share of queries, shown in per cent; else a number. */
  share: boolean;
  /** Taken by labels, of frozen views, of given partners, or of the embedding alone. */
  by: 'labels' | 'views' | 'partners' | 'nothing';
}

/** Names of the papers -> what is known of them. In order of what they tell: the decisive ones first, the best of them foremost. */
const MEASURES = {
  'partner R@1': {
    title: 'Finds the partner',
    about: 'Share of pictures whose given partner is the nearest of all others.',
    better: 'higher',
    share: true,
    by: 'partners',
  },
  'mAP@R': {
    title: 'Ranks the same label first',
    about:
      'mAP@R, mean average precision at R: of the R nearest pictures, where R is how many others have the same label, the share that has it too, the nearest counting most. 1 is perfect.',
    better: 'higher',
    share: true,
    by: 'labels',
  },
  kNN: {
    title: 'Label guessed from the nearest',
    about: 'Share of pictures whose label is guessed right from the labels of the nearest others.',
    better: 'higher',
    share: true,
    by: 'labels',
  },
  'R@1': {
    title: 'Nearest has the label',
    about: 'Share of pictures whose nearest other picture has the same label.',
    better: 'higher',
    share: true,
    by: 'labels',
  },
  'two-view R@1': {
    title: 'Finds itself again',
    about:
      'Two views of each picture that no training step used: share of pictures whose one view finds the other as its nearest. Needs no labels.',
    better: 'higher',
    share: true,
    by: 'views',
  },
  'probe top-1': {
    title: 'Label read off',
    about: 'Share of pictures whose label a linear classifier of the embedding predicts.',
    better: 'higher',
    share: true,
    by: 'labels',
  },
  'probe macro': {
    title: 'Label read off, mean of classes',
    about: 'The same within each class first, so that small classes count as much as large ones.',
    better: 'higher',
    share: true,
    by: 'labels',
  },
  'probe R2': {
    title: 'Number read off',
    about: 'Share of the variance of a number that a linear function of the embedding explains.',
    better: 'higher',
    share: false,
    by: 'labels',
  },
  'probe MAE': {
    title: 'Error of the number',
    about: 'How far, in the mean, the number read off is from the right one.',
    better: 'lower',
    share: false,
    by: 'labels',
  },
  alignment: {
    title: 'Two views lie apart by',
    about: 'Mean squared distance of two frozen views of a picture.',
    better: null,
    share: false,
    by: 'views',
  },
  uniformity: {
    title: 'Evenness on the sphere',
    about: 'How evenly the embeddings fill the sphere: lower is more even.',
    better: null,
    share: false,
    by: 'nothing',
  },
  collapse: {
    title: 'Feature std',
    about: '0 where every picture has one embedding, 1 where they use all directions alike.',
    better: null,
    share: false,
    by: 'nothing',
  },
  RankMe: {
    title: 'Directions in use',
    about: 'Effective rank of the embeddings: how many directions they use.',
    better: null,
    share: false,
    by: 'nothing',
  },
} as const satisfies Record<string, MeasureInfo>;

/** `R@5`: one of the 5 nearest has the label. `few-shot 5`: from 5 labels a class. */
export type MeasureName = keyof typeof MEASURES | `R@${number}` | `few-shot ${number}`;

const NAMES = Object.keys(MEASURES) as (keyof typeof MEASURES)[];

/** What tells encoders apart, the best first: partners, which are given to be found, the whole ranking by labels, views. */
export const DECISIVE = ['partner R@1', 'mAP@R', 'kNN', 'R@1', 'two-view R@1'] as const satisfies MeasureName[];
export type Decisive = (typeof DECISIVE)[number];

export function measureInfo(name: MeasureName): MeasureInfo {
  if (name in MEASURES) return MEASURES[name as keyof typeof MEASURES];
  const [, several] = /^R@(\d+)$/.exec(name) ?? [];
  return several
    ? { ...MEASURES['R@1'], title: `One of ${several} has the label` }
    : { ...MEASURES.kNN, title: 'Label from a few examples' };
}

/** Where a measure stands among others: `R@5` behind what decides, `few-shot 5` behind the probe of classes. */
export function measureRank(name: MeasureName): number {
  const of = (known: MeasureName): number => (NAMES as readonly MeasureName[]).indexOf(known);
  if (name in MEASURES) return of(name);
  return (name.startsWith('R@') ? of('two-view R@1') : of('probe macro')) + 0.5;
}

/** '41.2 %' for shares, else three digits. */
export function measureWords(name: MeasureName, value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  return measureInfo(name).share ? percent(value) : significant(value);
}

/**
 * A measure that is taken of embeddings as encoders give them, where another of its name is taken as the data set is
 * searched, refined: 'kNN, plain'. Two protocols never share a name.
 */
export const plainName = (name: MeasureName): string => (/^(kNN|mAP@R|R@\d+)$/.test(name) ? `${name}, plain` : name);
