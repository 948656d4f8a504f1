import { count, counted, percent, wholePercent } from '../../core/amounts';
import type { RepresentationReport as Report } from '../../core/interpretation';
import { measureWords } from '../../core/measures';
import type { Measure } from '../../core/records';
import { Bars } from '../../widgets/Bars';
import { Chart, type Curve } from '../../widgets/Chart';
import { Swatch } from '../../widgets/Swatch';
import { Term } from '../../widgets/Term';
import { ValueTable } from '../../widgets/ValueTable';

const CURVES: Record<string, string> = {
  'two-view R@1': '--chart-run',
  kNN: '--chart-other-1',
};
const MOST_BARS = 64;

const inWords = ({ name, value }: Pick<Measure, 'name' | 'value'>): string => measureWords(name, value);

/** What a representation is worth beside the pooled backbone, and what so many dimensions are worth. */
export function RepresentationReport({ report }: { report: Report }) {
  const { words, dim, layerDim, explained, enough, standard, chosen } = report;
  return (
    <>
      <p>
        Now in use: {words}. {counted(dim, 'dimension')} of {count(layerDim)}.
      </p>
      <table className="measure-table stacking">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Pooled backbone</th>
            <th scope="col">Now in use</th>
          </tr>
        </thead>
        <tbody>
          {chosen.map((measure) => {
            const before = standard.find(({ name }) => name === measure.name);
            return (
              <tr key={measure.name}>
                <th scope="row">{measure.name}</th>
                <td className="figure" data-label="Pooled backbone">
                  {before ? inWords(before) : '–'}
                </td>
                <td className="figure" data-label="Now in use">
                  {inWords(measure)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <h3>
        <Term definition="Share of the variance of the layer's numbers over the pictures that each principal component explains, the largest first.">
          Variance explained
        </Term>
        <span className="muted">
          {counted(enough, 'component')} of {explained.length} explain 95 %
        </span>
      </h3>
      <Bars
        label={`Share of the variance of each of ${explained.length} components; ${enough} explain 95 %`}
        values={explained.slice(0, MOST_BARS)}
        marked={enough - 1}
        words={(i, share) => `Component ${i + 1}: ${percent(share)}`}
      />
      <Quality report={report} />
    </>
  );
}

/** Quality against the number of principal components. */
function Quality({ report: { curve } }: { report: Report }) {
  const names = curve[0]?.measures.map(({ name }) => name) ?? [];
  if (names.length === 0) return null;
  const curves = names.map((name): Curve => ({ label: name, colour: CURVES[name], marked: true }));
  const values = names.map((_, i) => Float64Array.from(curve, ({ measures }) => measures[i].value));
  return (
    <>
      <h3>Quality against dimensions</h3>
      <p className="small muted curve-key">
        {names.map((name) => (
          <span key={name}>
            <Swatch colour={CURVES[name]} />
            {name}
          </span>
        ))}
      </p>
      <Chart
        label="Quality by the number of principal components, doubled from point to point"
        height={150}
        curves={curves}
        version={() => curve.reduce((sum, { dims }, i) => sum + dims + values[0][i], 0)}
        range={[0, 1]}
        format={(value) => wholePercent(value)}
        nameX="Dimensions"
        formatX={(at) => (curve[at] ? count(curve[at].dims) : '')}
        read={() => ({ columns: [Float64Array.from(curve, (_, i) => i), ...values] })}
      />
      <ValueTable
        caption="Quality against dimensions"
        columns={['Dimensions', ...names]}
        rows={curve.map(({ dims, measures }) => [count(dims), ...measures.map(inWords)])}
      />
    </>
  );
}
