import type { State } from '../../app/store/store';
import { chartColour, RUN_COLOURS } from '../../app/terms/baselineColours';
import { decimals, wholePercent } from '../../core/amounts';
import {
  type AlterationResult,
  keeps,
  keptWords,
  type Limit,
  limitsOf,
  limitWords,
  NOT_ENOUGH,
  SAME_LOGO,
  type SubjectReport,
  subjectKey,
} from '../../core/sensitivity';
import { Chart, type Curve } from '../../widgets/Chart';
import { Swatch } from '../../widgets/Swatch';
import { Term } from '../../widgets/Term';

type Found = NonNullable<State['interpretation']['sensitivity']>;

const DISTANCE =
  'How far the embedding moves (1 - cosine), in units of the median distance between two different pictures: 1 is as far as another picture.';
const MOVED = 'Share of the dimensions that change by more than half their standard deviation over the pictures.';

/** Each run in a colour of its own; the run on the page in that of all charts. */
function coloursOf(reports: readonly SubjectReport[], current: string | null): string[] {
  let others = 0;
  return reports.map(({ subject }) => {
    if (typeof subject === 'string') return chartColour(subject);
    return 'run' in subject && subject.run === current ? '--chart-run' : RUN_COLOURS[others++ % RUN_COLOURS.length];
  });
}

/** What the lab found: curves over the logo's size, and a table of everything. */
export function SensitivityResults({ reports, strip, protocol, current }: Found & { current: string | null }) {
  if (reports.length === 0) return null;
  const colours = coloursOf(reports, current);
  return (
    <>
      <ul className="legend lab-legend" aria-label="Embeddings by colour">
        {reports.map(({ subject, title }, i) => (
          <li key={subjectKey(subject)} className="small">
            <Swatch colour={colours[i]} />
            {title}
          </li>
        ))}
      </ul>
      <LogoCurves title="Distance" definition={DISTANCE} reports={reports} colours={colours} of="distance" />
      <LogoCurves title="Dimensions moved" definition={MOVED} reports={reports} colours={colours} of="moved" />
      <Table reports={reports} words={strip.words} colours={colours} />
      <details className="lab-verdicts">
        <summary>How this was measured</summary>
        <p className="small muted">{protocol}</p>
      </details>
    </>
  );
}

interface CurvesProps {
  title: string;
  definition: string;
  reports: readonly SubjectReport[];
  colours: readonly string[];
  of: 'distance' | 'moved';
}

const logoResults = ({ results }: SubjectReport): { share: number; result: AlterationResult }[] =>
  results.flatMap((result) => (result.alteration.kind === 'logo' ? [{ share: result.alteration.share, result }] : []));

/** One number over the share of the picture that the logo takes. */
function LogoCurves({ title, definition, reports, colours, of }: CurvesProps) {
  const curves = reports.map((report, i): Curve => ({ label: report.title, colour: colours[i], marked: true }));
  const logos = reports.map(logoResults);
  return (
    <div className="lab-chart">
      <h3>
        <Term definition={definition}>{title}</Term>
        <span className="muted">by the logo’s share of the picture</span>
      </h3>
      <Chart
        label={`${title} by the share of the picture that the logo takes; the table has the values`}
        height={150}
        curves={curves}
        version={() => reports.length + reports.reduce((sum, { results }) => sum + results[0].distance, 0)}
        range={[0, null]}
        format={(value) => (of === 'moved' ? wholePercent(value) : decimals(value, 2))}
        nameX="Logo on"
        formatX={(share) => `${share} %`}
        read={() => ({
          columns: [
            Float64Array.from([0, ...logos[0].map(({ share }) => 100 * share)]),
            ...logos.map((one) => Float64Array.from([0, ...one.map(({ result }) => result[of])])),
          ],
        })}
      />
    </div>
  );
}

interface TableProps {
  reports: readonly SubjectReport[];
  words: readonly string[];
  colours: readonly string[];
}

/** Distance and moved dimensions of every alteration and embedding, beside what is wanted. */
function Table({ reports, words, colours }: TableProps) {
  return (
    <div className="table-scroll">
      <table className="measure-table stacking lab-table">
        <caption className="visually-hidden">Distance, and share of dimensions moved</caption>
        <thead>
          <tr>
            <th scope="col">Altered by</th>
            <th scope="col">Wanted</th>
            {reports.map(({ subject, title }, i) => (
              <th key={subjectKey(subject)} scope="col">
                <Swatch colour={colours[i]} />
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reports[0].results.map(({ alteration }, i) => {
            const limits = limitsOf(alteration);
            return (
              <tr key={words[i + 1]}>
                <th scope="row">{words[i + 1]}</th>
                <td className="muted small" data-label="Wanted">
                  {limits.distance && limitWords(limits.distance, (value) => decimals(value, 2))}
                  <br />
                  {limits.moved && limitWords(limits.moved, wholePercent)}
                </td>
                {reports.map(({ subject, title, results }) => (
                  <td key={subjectKey(subject)} className="figure" data-label={title}>
                    <Value value={results[i].distance} limit={limits.distance} words={(value) => decimals(value, 2)} />
                    <br />
                    <Value value={results[i].moved} limit={limits.moved} words={wholePercent} paler />
                  </td>
                ))}
              </tr>
            );
          })}
          <tr>
            <th scope="row">requirements kept</th>
            <td />
            {reports.map((report) => (
              <td key={subjectKey(report.subject)} className="figure" data-label={report.title}>
                {keptWords(report)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">
              <Term definition="Logos on 30 % of many pictures: share whose nearest other picture carries the same logo. Beside it what chance would reach.">
                same logo found first
              </Term>
            </th>
            <td className="muted small" data-label="Wanted">
              {limitWords(SAME_LOGO, wholePercent)}
            </td>
            {reports.map(({ subject, title, sameLogo, chance }) => (
              <td key={subjectKey(subject)} className="figure" data-label={title}>
                {Number.isNaN(sameLogo) ? (
                  <span className="muted small">{NOT_ENOUGH}</span>
                ) : (
                  <>
                    <Value value={sameLogo} limit={SAME_LOGO} words={wholePercent} />
                    <br />
                    <span className="muted small">chance {wholePercent(chance)}</span>
                  </>
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

interface ValueProps {
  value: number;
  limit: Limit | undefined;
  words: (value: number) => string;
  paler?: boolean;
}

/** A number, marked where it keeps to what is wanted or does not. */
function Value({ value, limit, words, paler = false }: ValueProps) {
  const verdict = limit === undefined ? '' : keeps(value, limit) ? 'kept' : 'missed';
  return (
    <span className={`lab-value ${verdict}${paler ? ' muted small' : ''}`}>
      {words(value)}
      {verdict === 'missed' && <span className="visually-hidden"> (not what is wanted)</span>}
    </span>
  );
}
