import {
  type Alteration,
  type AlterationResult,
  keeps,
  type Limit,
  limitsOf,
  SAME_LOGO,
  type SensitivityVerdict,
} from '../../core/sensitivity';

const number = (value: number): string => value.toFixed(2);
const percent = (value: number): string => `${Math.round(100 * value)} %`;

function verdictOf(what: string, value: number, limit: Limit, words: (value: number) => string): SensitivityVerdict {
  const { least, most = 0 } = limit;
  const holds = keeps(value, limit);
  const wanted = least === undefined ? `at most ${words(most)}` : `at least ${words(least)}`;
  return {
    holds,
    text: `${what} ${words(value)}: ${holds ? 'good' : least === undefined ? 'too much' : 'too little'}, ${wanted} is wanted.`,
  };
}

function whatMoves(alteration: Alteration): string {
  switch (alteration.kind) {
    case 'logo':
      return `A logo on ${percent(alteration.share)} of a picture`;
    case 'patch':
      return `Another patch on ${percent(alteration.share)} of a picture`;
    case 'brightness':
      return `${alteration.factor > 1 ? 'Brighter' : 'Darker'} light`;
  }
}

/** Verdicts on what was altered; alterations without a requirement have none, nor has a `sameLogo` that is not known. */
export function sensitivityVerdicts(results: readonly AlterationResult[], sameLogo?: number): SensitivityVerdict[] {
  const verdicts = results.flatMap(({ alteration, distance, moved }) => {
    const limits = limitsOf(alteration);
    const what = whatMoves(alteration);
    return [
      ...(limits.distance ? [verdictOf(`${what} moves it by`, distance, limits.distance, number)] : []),
      ...(limits.moved ? [verdictOf(`${what} changes, of the dimensions,`, moved, limits.moved, percent)] : []),
    ];
  });
  if (sameLogo === undefined || Number.isNaN(sameLogo)) return verdicts;
  return [...verdicts, verdictOf('The same logo on another picture is found first in', sameLogo, SAME_LOGO, percent)];
}
