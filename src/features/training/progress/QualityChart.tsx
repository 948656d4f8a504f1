import { chartColour } from '../../../app/terms/baselineColours';
import { percent } from '../../../core/amounts';
import { measureInfo } from '../../../core/measures';
import { Chart, type Curve } from '../../../widgets/Chart';
import { Panel } from '../../../widgets/Panel';
import { Term } from '../../../widgets/Term';
import { ValueTable } from '../../../widgets/ValueTable';
import { useQuality } from '../useQuality';

const CURVES: Curve[] = [{ label: 'this run', colour: '--chart-run', width: 2, marked: true }];
/** How well the run finds over its steps, with what needs no training as levels: the curve has to come above them. */
export function QualityChart() {
  const quality = useQuality();
  if (!quality) return null;
  const { name, points, baselines } = quality;
  const levels = baselines.map(({ id, name: label, value }) => ({
    y: value,
    label: `${label} ${percent(value)}`,
    colour: chartColour(id),
  }));
  return (
    <Panel title="Search quality" className="quality">
      <p className="quality-head">
        <span className="figure big">{percent(points.at(-1)?.value ?? Number.NaN)}</span>{' '}
        <Term definition={measureInfo(name).about}>{name}</Term>
      </p>
      <Chart
        label={`${name} over the steps of this run; the dashed lines need no training`}
        height={220}
        curves={CURVES}
        // Evaluations are replaced, never changed: their number and last step tell a new list from an old one.
        version={() => points.length * 1e9 + (points.at(-1)?.step ?? 0) + levels.reduce((sum, { y }) => sum + y / 8, 0)}
        span={0.1}
        format={percent}
        read={() => ({
          columns: [Float64Array.from(points, ({ step }) => step), Float64Array.from(points, ({ value }) => value)],
          levels,
        })}
      />
      <ValueTable
        caption={`${name} so far`}
        columns={['', name]}
        rows={[
          ...points.map(({ step, value }) => [`Step ${step}`, percent(value)]),
          ...baselines.map((one) => [one.name, percent(one.value)]),
        ]}
      />
    </Panel>
  );
}
