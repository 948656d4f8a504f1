import type { StartFile } from './config';
import type { PretrainedName } from './pretrained';

// What crosses threads of the sensitivity lab: how far small changes of a picture move its embedding.

/** One thing done to every picture of the sensitivity lab. */
export type Alteration =
  | { kind: 'logo'; share: number }
  | { kind: 'patch'; share: number }
  | { kind: 'brightness'; factor: number };

/** What came of one alteration: means over the pictures. */
export interface AlterationResult {
  alteration: Alteration;
  /** In medians between different pictures. */
  distance: number;
  /** Share of the dimensions. */
  moved: number;
}

/** What a good embedding keeps to; one of the two. */
export interface Limit {
  least?: number;
  most?: number;
}

/** '≤ 0.05', '≥ 70 %' */
export const limitWords = ({ least, most }: Limit, words: (value: number) => string): string =>
  least === undefined ? `≤ ${words(most ?? 0)}` : `≥ ${words(least)}`;

/** Share of queries that find the same logo on another picture first. */
export const SAME_LOGO: Limit = { least: 0.7 };

/**
 * What is wanted of an alteration. A logo on 30 % is much of what the picture shows, one on 2 % hardly any of it, and in
 * other light it is the same picture.
 */
export function limitsOf(alteration: Alteration): { distance?: Limit; moved?: Limit } {
  if (alteration.kind === 'brightness') return { distance: { most: 0.05 } };
  if (alteration.kind === 'patch') return {};
  if (alteration.share === 0.3) return { distance: { least: 0.4 } };
  return alteration.share === 0.02 ? { distance: { most: 0.05 }, moved: { most: 0.1 } } : {};
}

/** Said where no two pictures carry the same logo: there were too few. */
export const NOT_ENOUGH = 'cannot be told of so few pictures';

export const keeps = (value: number, { least = -Infinity, most = Infinity }: Limit): boolean =>
  value >= least && value <= most;

/** Of an embedding the requirements, each by whether it keeps to it; of a `sameLogo` that is not known there is none. */
export function requirementsOf({ results, sameLogo }: Pick<SubjectReport, 'results' | 'sameLogo'>): boolean[] {
  const altered = results.flatMap(({ alteration, distance, moved }) => {
    const limits = limitsOf(alteration);
    return [
      ...(limits.distance ? [keeps(distance, limits.distance)] : []),
      ...(limits.moved ? [keeps(moved, limits.moved)] : []),
    ];
  });
  return Number.isNaN(sameLogo) ? altered : [...altered, keeps(sameLogo, SAME_LOGO)];
}

/** '3 of 6': how many of its requirements an embedding keeps to. */
export function keptWords(report: SubjectReport): string {
  const requirements = requirementsOf(report);
  return `${requirements.filter(Boolean).length} of ${requirements.length}`;
}

/**
 * Whose embedding is tried: a baseline, a stored run's, that of a network that comes with the page (see 'pretrained'), or of
 * the user's own weights as they are.
 */
export type Subject =
  | 'raw pixels'
  | 'colour histogram'
  | 'untrained encoder'
  | { run: string }
  | { network: PretrainedName; address: string }
  | { weights: StartFile };

/** A text of its own for each: two runs may have one title. */
export function subjectKey(subject: Subject): string {
  if (typeof subject === 'string') return subject;
  if ('run' in subject) return subject.run;
  return 'network' in subject ? subject.network : subject.weights.sha256;
}

export interface SubjectReport {
  subject: Subject;
  /** 'MoCo v2, step 400'. */
  title: string;
  dim: number;
  results: AlterationResult[];
  /** Share of queries that find the same logo on another picture first, NaN where none could, and what chance would reach. */
  sameLogo: number;
  chance: number;
}

/** One picture, as it is and with the logo on more and more of it: pictures [n, side, side, 4] RGBA bytes. */
export interface AlteredStrip {
  row: number;
  side: number;
  /** Each in words: 'as it is', 'logo, 2 % of the area'. */
  words: string[];
  pictures: Uint8ClampedArray;
}

/** Logos that need no file. */
export const LOGO_SHAPES = ['disc', 'ring', 'cross', 'triangle', 'diamond', 'star', 'bars', 'checker'] as const;
export type LogoShape = (typeof LOGO_SHAPES)[number];
