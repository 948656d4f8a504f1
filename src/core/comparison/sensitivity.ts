import { keeps, type Limit, limitsOf, NOT_ENOUGH, SAME_LOGO, type SubjectReport } from '../sensitivity';
import { line, plain } from './markdown';

const LIST = new Intl.ListFormat('en-GB');

const percent = (value: number): string => `${Math.round(100 * value)} %`;
const distance = (value: number): string => value.toFixed(2);

/** A value, marked where it is not what is wanted. */
function marked(value: number, limit: Limit | undefined, words: (value: number) => string): string {
  return limit && !keeps(value, limit) ? `${words(value)} ✗` : words(value);
}

const wanted = ({ least, most }: Limit, words: (value: number) => string): string =>
  least === undefined ? `≤ ${words(most ?? 0)}` : `≥ ${words(least)}`;

/** How many of its requirements an embedding keeps. */
export const kept = ({ verdicts }: SubjectReport): number => verdicts.filter(({ holds }) => holds).length;

/**
 * Says of which runs something that needs no learning keeps more of what is wanted; null where it is of none.
 * 'Raw pixels: 3 of 6 requirements are kept, without any learning; by MoCo v2, step 400 (this run: 1).'
 * @param current id of the run on the page
 */
export function beatenRemark(reports: readonly SubjectReport[], current: string | null): string | null {
  const [best] = reports.filter(({ subject }) => typeof subject === 'string').sort((a, b) => kept(b) - kept(a));
  if (!best) return null;
  const beaten = reports.flatMap((report) => {
    const { subject, title } = report;
    if (typeof subject === 'string' || !('run' in subject) || kept(report) >= kept(best)) return [];
    return `${title} (${subject.run === current ? 'this run: ' : ''}${kept(report)})`;
  });
  if (beaten.length === 0) return null;
  return `${best.title}: ${kept(best)} of ${best.verdicts.length} requirements are kept, without any learning; by ${LIST.format(beaten)}.`;
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
      limits.distance && wanted(limits.distance, distance),
      limits.moved && wanted(limits.moved, percent),
    ].filter((text) => text !== undefined);
    const cells = reports.map(({ results }) => {
      const { distance: far, moved } = results[i];
      return `${marked(far, limits.distance, distance)}, ${marked(moved, limits.moved, percent)}`;
    });
    return line([plain(words[i]), limit.join(', '), ...cells]);
  });
  const found = reports.map(({ sameLogo, chance }) =>
    Number.isNaN(sameLogo) ? NOT_ENOUGH : `${marked(sameLogo, SAME_LOGO, percent)} (chance ${percent(chance)})`,
  );
  const requirements = reports.map((report) => `${kept(report)} of ${report.verdicts.length}`);
  const worse = beatenRemark(reports, null);
  return [
    ...(worse === null ? [] : [`- ${plain(worse)}`, '']),
    line(['altered by', 'wanted', ...reports.map(({ title }) => plain(title))]),
    line(['---', '---', ...reports.map(() => '---:')]),
    ...rows,
    line(['same logo found first', wanted(SAME_LOGO, percent), ...found]),
    line(['requirements kept', '', ...requirements]),
    '',
    LEGEND,
    '',
    plain(protocol),
    '',
  ].join('\n');
}
