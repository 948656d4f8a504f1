import type { Alteration } from './alterations';

/** What a good embedding keeps to. */
interface Limit {
  least?: number;
  most?: number;
}

export const LIMITS = {
  /** A logo on 30 % of the picture is much of what it shows: distance, in medians between different pictures. */
  largeLogo: { least: 0.4 },
  /** One on 2 % is hardly any of it: distance, and share of dimensions that move. */
  smallLogo: { most: 0.05 },
  smallLogoMoves: { most: 0.1 },
  /** The same picture in other light. */
  brightness: { most: 0.05 },
  /** Share of queries that find the same logo on another picture first. */
  sameLogo: { least: 0.7 },
} as const satisfies Record<string, Limit>;

/** One requirement, and whether an embedding meets it. */
export interface SensitivityVerdict {
  holds: boolean;
  text: string;
}

const number = (value: number): string => value.toFixed(2);
const percent = (value: number): string => `${Math.round(100 * value)} %`;

function judged(what: string, value: number, limit: Limit, words: (value: number) => string): SensitivityVerdict {
  const { least = -Infinity, most = Infinity } = limit;
  const holds = value >= least && value <= most;
  const wanted = limit.least === undefined ? `at most ${words(most)}` : `at least ${words(least)}`;
  return {
    holds,
    text: `${what} ${words(value)}: ${holds ? 'good' : value < least ? 'too little' : 'too much'}, ${wanted} is wanted.`,
  };
}

/** What came of one alteration: means over the pictures. */
export interface AlterationResult {
  alteration: Alteration;
  /** In medians between different pictures. */
  distance: number;
  /** Share of the dimensions. */
  moved: number;
}

/** Verdicts on what was altered; alterations without a requirement have none. */
export function sensitivityVerdicts(results: readonly AlterationResult[], sameLogo?: number): SensitivityVerdict[] {
  const verdicts = results.flatMap(({ alteration, distance, moved }) => {
    if (alteration.kind === 'brightness') {
      const way = alteration.factor > 1 ? 'Brighter' : 'Darker';
      return [judged(`${way} light moves a picture by`, distance, LIMITS.brightness, number)];
    }
    if (alteration.kind === 'patch') return [];
    if (alteration.share === 0.3)
      return [judged('A logo on 30 % of a picture moves it by', distance, LIMITS.largeLogo, number)];
    if (alteration.share !== 0.02) return [];
    return [
      judged('A logo on 2 % of a picture moves it by', distance, LIMITS.smallLogo, number),
      judged('A logo on 2 % of a picture changes, of the dimensions,', moved, LIMITS.smallLogoMoves, percent),
    ];
  });
  if (sameLogo === undefined) return verdicts;
  return [
    ...verdicts,
    judged('The same logo on another picture is found first in', sameLogo, LIMITS.sameLogo, percent),
  ];
}
