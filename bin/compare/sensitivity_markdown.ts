import { decimals, wholePercent } from '../../src/core/amounts';
import { line, plain } from '../../src/core/comparison/markdown';
import {
  keeps,
  keptWords,
  type Limit,
  limitsOf,
  limitWords,
  NOT_ENOUGH,
  SAME_LOGO,
  type SubjectReport,
} from '../../src/core/sensitivity';

const distance = (value: number): string => decimals(value, 2);

/** A value, marked where it is not what is wanted. */
function marked(value: number, limit: Limit | undefined, words: (value: number) => string): string {
  return limit && !keeps(value, limit) ? `${words(value)} ✗` : words(value);
}

const LEGEND =
  'Distance (1 - cosine, in medians between two different pictures), then the share of dimensions that move by more than half their standard deviation. ✗: not what is wanted.';

/**
 * The sensitivity lab's findings as Markdown: an alteration a row, an embedding a column.
 * @param words each alteration's, in the order of the results
 */
export function sensitivityMarkdown(
  reports: readonly SubjectReport[],
  words: readonly string[],
  protocol: string,
): string {
  const rows = (reports[0]?.results ?? []).map(({ alteration }, i) => {
    const limits = limitsOf(alteration);
    const limit = [
      limits.distance && limitWords(limits.distance, distance),
      limits.moved && limitWords(limits.moved, wholePercent),
    ].filter((text) => text !== undefined);
    const cells = reports.map(({ results }) => {
      const { distance: far, moved } = results[i];
      return `${marked(far, limits.distance, distance)}, ${marked(moved, limits.moved, wholePercent)}`;
    });
    return line([plain(words[i]), limit.join(', '), ...cells]);
  });
  const found = reports.map(({ sameLogo, chance }) =>
    Number.isNaN(sameLogo)
      ? NOT_ENOUGH
      : `${marked(sameLogo, SAME_LOGO, wholePercent)} (chance ${wholePercent(chance)})`,
  );
  return [
    line(['altered by', 'wanted', ...reports.map(({ title }) => plain(title))]),
    line(['---', '---', ...reports.map(() => '---:')]),
    ...rows,
    line(['same logo found first', limitWords(SAME_LOGO, wholePercent), ...found]),
    line(['requirements kept', '', ...reports.map(keptWords)]),
    '',
    LEGEND,
    '',
    plain(protocol),
    '',
  ].join('\n');
}
