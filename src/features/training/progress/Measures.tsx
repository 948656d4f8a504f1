import { useSelected } from '../../../app/store/hooks';
import { chartColour } from '../../../app/terms/baselineColours';
import { capital, count, percent, wholePercent } from '../../../core/amounts';
import { baselineTitle } from '../../../core/baselines';
import { DECISIVE, measureInfo, measureWords, plainName } from '../../../core/measures';
import { isPretrained } from '../../../core/pretrained';
import type { Evaluation, Measure } from '../../../core/records';
import { Chart, type Curve } from '../../../widgets/Chart';
import { Panel } from '../../../widgets/Panel';
import { Swatch } from '../../../widgets/Swatch';
import { Term } from '../../../widgets/Term';

type Name = Measure['name'];

const BASELINES: readonly Evaluation['of'][] = ['untrained encoder', 'raw pixels', 'colour histogram'];
/** Those that need no learning in a fixed order, then the pretrained networks that were asked for. */
const place = ({ of }: Evaluation): number => (BASELINES.indexOf(of) + BASELINES.length + 1) % (BASELINES.length + 1);
const CURVES: Curve[] = [{ label: 'this run', colour: '--chart-run', width: 2, marked: true }];

const measureOf = (evaluation: Evaluation | undefined, name: Name): Measure | undefined =>
  evaluation?.measures.find((measure) => measure.name === name);

const amountOf = (evaluation: Evaluation | undefined, name: Name): number =>
  measureOf(evaluation, name)?.value ?? Number.NaN;

/** mAP@R is taken as the data set is searched, the other measures by labels of embeddings as encoders give them. */
const protocolWords = (name: Name): string => (name === 'mAP@R' ? name : plainName(name));

/** What the embedding is worth, beside what needs no learning. */
export function Measures() {
  const { evaluations, baselines } = useSelected((state) => state.measures);
  const latest = evaluations.at(-1);
  const rows: { title: string; of: Evaluation['of']; evaluation: Evaluation }[] = [
    ...(latest ? [{ title: `This run, step ${count(latest.step)}`, of: 'run' as const, evaluation: latest }] : []),
    ...baselines
      .toSorted((a, b) => place(a) - place(b) || a.of.localeCompare(b.of))
      .map((evaluation) => ({
        title: isPretrained(evaluation.of) ? baselineTitle(evaluation.of) : capital(evaluation.of),
        of: evaluation.of,
        evaluation,
      })),
  ];
  const names = DECISIVE.filter((name) => rows.some(({ evaluation }) => Number.isFinite(amountOf(evaluation, name))));
  if (rows.length === 0)
    return (
      <Panel title="Measures" className="measures">
        <p className="muted">
          As soon as there are pictures, they are embedded without any training, and measured: what training has to
          beat.
        </p>
      </Panel>
    );
  return (
    <Panel title="Measures" className="measures">
      <div className="table-scroll">
        <table className="measure-table stacking">
          <thead>
            <tr>
              <th scope="col">Embedding</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  <Term definition={measureInfo(name).about}>{protocolWords(name)}</Term>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, of, evaluation }) => (
              <tr key={of} className={of === 'run' ? 'this-run' : undefined}>
                <th scope="row">
                  <Swatch colour={chartColour(of)} />
                  {title}
                </th>
                {names.map((name) => (
                  <td
                    key={name}
                    data-label={protocolWords(name)}
                    className={isBest(name, evaluation, rows) ? 'figure best' : 'figure'}
                  >
                    {percent(amountOf(evaluation, name))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {evaluations.length > 0 && (
        <div className="small-charts">
          {names.map((name) => (
            <OverTime key={name} name={name} evaluations={evaluations} baselines={baselines} />
          ))}
        </div>
      )}
      <Protocols evaluation={latest ?? rows[0].evaluation} />
    </Panel>
  );
}

/** Of what was evaluated by views of several recipes none is the best. */
const isBest = (name: Name, evaluation: Evaluation, rows: readonly { evaluation: Evaluation }[]): boolean =>
  rows.filter((row) => measureOf(row.evaluation, name)).length > 1 &&
  rows.every((row) => !(amountOf(row.evaluation, name) > amountOf(evaluation, name))) &&
  new Set(rows.flatMap((row) => measureOf(row.evaluation, name) ?? []).map(({ recipe }) => recipe)).size === 1 &&
  Number.isFinite(amountOf(evaluation, name));

interface OverTimeProps {
  name: Name;
  evaluations: readonly Evaluation[];
  baselines: readonly Evaluation[];
}

/** One measure over the steps of the run, with the baselines as levels: what was asked of the same frozen views. */
function OverTime({ name, evaluations, baselines }: OverTimeProps) {
  const recipe = measureOf(evaluations.at(-1), name)?.recipe;
  const alike = (evaluation: Evaluation): boolean =>
    Number.isFinite(amountOf(evaluation, name)) && measureOf(evaluation, name)?.recipe === recipe;
  const seen = evaluations.filter(alike);
  const levels = baselines
    .filter(alike)
    .map((baseline) => ({ y: amountOf(baseline, name), label: '', colour: chartColour(baseline.of) }));
  return (
    <div>
      <h3>
        {name}
        <span className="figure">{percent(amountOf(evaluations.at(-1), name))}</span>
      </h3>
      <Chart
        label={`${name} over the steps of this run; the dashed lines are the embeddings of the table that need no training`}
        height={110}
        small
        curves={CURVES}
        // Evaluations are replaced, never changed: their number and last step tell a new list from an old one.
        version={() => seen.length * 1e9 + (seen.at(-1)?.step ?? 0) + levels.length / 8}
        range={[0, 1]}
        format={(value) => wholePercent(value)}
        read={() => ({
          columns: [
            Float64Array.from(seen, ({ step }) => step),
            Float64Array.from(seen, (evaluation) => amountOf(evaluation, name)),
          ],
          levels,
        })}
      />
    </div>
  );
}

/** How every number was taken, and those that do not decide. */
function Protocols({ evaluation }: { evaluation: Evaluation }) {
  return (
    <details>
      <summary>How these were measured, and more</summary>
      <dl className="protocols small">
        {evaluation.measures.map(({ name, value, protocol }) => (
          <div key={name}>
            <dt>
              {name}, {measureInfo(name).title.toLowerCase()}{' '}
              <span className="figure">{measureWords(name, value)}</span>
            </dt>
            <dd className="muted">{protocol}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
