import { useAnswer } from '../../app/store/answers';
import { useActions } from '../../app/store/hooks';
import { RUN_COLOURS } from '../../app/terms/baselineColours';
import { decimals, duration, percent } from '../../core/amounts';
import { DECISIVE, type MeasureName } from '../../core/measures';
import type { History, Run } from '../../core/records';
import { Chart, type Curve } from '../../widgets/Chart';
import { Panel } from '../../widgets/Panel';
import { overlaid, pointsOver, qualityOverTime, relativeLoss } from './curves';

type NamedRun = Run & { name: string };

const hasMeasure = ({ evaluations }: History, name: MeasureName): boolean =>
  evaluations.some(({ measures }) => measures.some((one) => one.name === name));

/** Eight colours, then again dashed. */
const look = (place: number, label: string): Curve => ({
  label,
  colour: RUN_COLOURS[place % RUN_COLOURS.length],
  width: 1.75,
  ...(place >= RUN_COLOURS.length ? { dash: [5, 3] } : {}),
});

/** Losses and quality of all runs over one another. */
export function CompareCurves({ runs }: { runs: readonly NamedRun[] }) {
  const { historyOf } = useActions();
  const about = JSON.stringify(runs.map(({ id, step }) => [id, step]));
  const { answer } = useAnswer(() => Promise.all(runs.map(({ id }) => historyOf(id))), about);
  if (answer?.length !== runs.length) return null;
  const known = runs.flatMap((run, place) => (answer[place] ? [{ run, history: answer[place] }] : []));
  // Runs of earlier versions were not measured by mAP@R during training.
  const measure = DECISIVE.find((name) => known.some(({ history }) => hasMeasure(history, name))) ?? 'two-view R@1';
  return (
    <Panel title="Curves" className="compare-curves">
      <ul className="legend" aria-label="Runs by colour">
        {known.map(({ run }, place) => (
          <li key={run.id} className="small">
            <svg
              viewBox="0 0 20 6"
              aria-hidden="true"
              style={{ stroke: `var(${RUN_COLOURS[place % RUN_COLOURS.length]})` }}
            >
              <line x1="0" y1="3" x2="20" y2="3" strokeDasharray={place >= RUN_COLOURS.length ? '5 3' : undefined} />
            </svg>
            {run.name}
          </li>
        ))}
      </ul>
      <div className="curve-pair">
        <LossCurves known={known} />
        <QualityCurves known={known} measure={measure} />
      </div>
      <p className="small muted">
        Losses of different methods do not compare: a lower curve is not a better model. {measure} is taken during
        training.
      </p>
    </Panel>
  );
}

interface CurvesProps {
  known: readonly { run: NamedRun; history: History }[];
}

/** A number that changes with what is drawn. */
const versionOf = (columns: readonly ArrayLike<unknown>[]): number => columns.length * 1e6 + columns[0].length;

function LossCurves({ known }: CurvesProps) {
  const columns = overlaid(known.map(({ history }) => relativeLoss(history)));
  return (
    <div>
      <h3>Loss, as a share of its highest, over steps</h3>
      <Chart
        label="Loss of each run over its steps, as a share of its highest"
        height={220}
        curves={known.map(({ run }, place) => look(place, run.name))}
        version={() => versionOf(columns)}
        read={() => ({ columns })}
        format={(value) => decimals(value, 2)}
      />
    </div>
  );
}

function QualityCurves({ known, measure }: CurvesProps & { measure: MeasureName }) {
  const columns = pointsOver(known.map(({ run, history }) => qualityOverTime(history, run.config.batch, measure)));
  return (
    <div>
      <h3>{measure} over time</h3>
      <Chart
        label={`${measure} of each run over its seconds of training`}
        height={220}
        curves={known.map(({ run }, place) => ({ ...look(place, run.name), marked: true }))}
        version={() => versionOf(columns)}
        read={() => ({ columns })}
        span={0.1}
        format={percent}
        formatX={duration}
        nameX="After"
      />
    </div>
  );
}
