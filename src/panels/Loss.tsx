import type { RunConfig } from '../core/config';
import type { StepReport } from '../core/records';
import { fillingSteps, guessingLoss } from '../core/words';
import { useMetrics, useSelected } from '../state/hooks';
import type { Metrics } from '../state/metrics';
import { percent, significant } from '../widgets/amounts';
import type { Curve, Level, Picture, Span } from '../widgets/Chart';
import { Meter } from '../widgets/Meter';
import { Panel } from '../widgets/Panel';
import { Remark } from '../widgets/Remark';
import { Term } from '../widgets/Term';
import { ValueTable } from '../widgets/ValueTable';
import { DEFINITIONS } from './definitions';
import { StepChart } from './StepChart';
import { useLossVerdict } from './verdicts';

const NOISY: Curve[] = [
  { label: 'value', colour: '--chart-faint', width: 1 },
  { label: 'mean', colour: '--chart-run', width: 2 },
];
const CLEAN: Curve[] = [{ label: 'value', colour: '--chart-run', width: 1.5 }];

/** Below this the projections are collapsing onto one point. */
const COLLAPSING = 0.2;
const HEALTHY: Level[] = [{ y: 1, label: '', colour: '--ink-2' }];

const chance = (config: RunConfig): Level => ({
  y: guessingLoss(config),
  label: `ln(K+1) = ${guessingLoss(config).toFixed(2)}: guessing`,
  colour: '--ink-2',
});

const filling = (config: RunConfig): Span => ({ from: 0, to: fillingSteps(config), label: 'queue filling' });

const marksOf = (config: RunConfig | null): Pick<Picture, 'levels' | 'spans'> =>
  config ? { levels: [chance(config)], spans: [filling(config)] } : {};

/** The loss and what belongs to it, step by step. */
export function Loss() {
  const config = useSelected((state) => state.training.run?.config ?? null);
  const latest = useMetrics((metrics) => metrics.latest());
  const verdict = useLossVerdict();
  if (!latest)
    return (
      <Panel title="Loss" className="loss">
        <p className="muted">{verdict.text}</p>
      </Panel>
    );
  return (
    <Panel title="Loss" className="loss">
      <div className="loss-head">
        <p className="big-figure">
          <span className="figure">{latest.loss.toFixed(3)}</span> <Term definition={DEFINITIONS.loss}>loss</Term>
        </p>
        <Remark tone={verdict.tone}>{verdict.text}</Remark>
      </div>
      <StepChart
        label="Loss at each step, with its mean and the loss of guessing"
        column="loss"
        height={220}
        curves={NOISY}
        format={significant}
        marks={marksOf(config)}
      />
      <SmallCharts latest={latest} />
      <LossTable />
    </Panel>
  );
}

function SmallCharts({ latest }: { latest: StepReport }) {
  return (
    <div className="small-charts">
      <div>
        <h3>
          <Term definition={DEFINITIONS.accuracy}>Contrast accuracy</Term>
          <span className="figure">{percent(latest.accuracy)}</span>
        </h3>
        <StepChart
          label="Contrast accuracy at each step"
          column="accuracy"
          height={96}
          small
          curves={NOISY}
          range={[0, 1]}
          format={(value) => `${Math.round(100 * value)} %`}
        />
      </div>
      <div>
        <h3>
          <Term definition={DEFINITIONS.spread}>Spread</Term>
          <span className="figure">{latest.spread.toFixed(2)}</span>
        </h3>
        <Meter
          label="Spread of the projections"
          value={latest.spread}
          max={1.1}
          low={COLLAPSING}
          words={latest.spread.toFixed(2)}
        />
        <StepChart
          label="Spread of the projections at each step"
          column="spread"
          height={84}
          small
          curves={CLEAN}
          range={[0, null]}
          format={(value) => significant(value, 2)}
          marks={{ levels: HEALTHY }}
        />
      </div>
      <div>
        <h3>
          <Term definition={DEFINITIONS.learningRate}>Learning rate</Term>
          <span className="figure">{significant(latest.learningRate)}</span>
        </h3>
        <StepChart
          label="Learning rate at each step"
          column="learningRate"
          height={96}
          small
          curves={CLEAN}
          range={[0, null]}
          format={(value) => significant(value, 2)}
        />
      </div>
    </div>
  );
}

const ROWS = 12;

/** Some steps in figures, spread over the run. */
function readRows(metrics: Metrics): string[][] {
  const { first, length } = metrics;
  const rows = Math.min(ROWS, length);
  return Array.from({ length: rows }, (_, i) => {
    const step = rows === 1 ? first : first + Math.round((i * (length - 1)) / (rows - 1));
    return [
      `Step ${step}`,
      metrics.at('loss', step).toFixed(3),
      percent(metrics.at('accuracy', step)),
      significant(metrics.at('learningRate', step)),
      metrics.at('spread', step).toFixed(2),
    ];
  });
}

const TITLES = ['Step', 'Loss', 'Contrast accuracy', 'Learning rate', 'Spread'];

function LossTable() {
  return <ValueTable caption="Training so far" columns={TITLES} rows={useMetrics(readRows, 2000)} />;
}
