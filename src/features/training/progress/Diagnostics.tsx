import { DEFINITIONS } from '../../../app/terms/definitions';
import { decimals, percent, significant, wholePercent } from '../../../core/amounts';
import type { Diagnostic } from '../../../core/columns';
import type { MethodName } from '../../../core/config';
import { diagnosticWords } from '../../../core/diagnostics';
import { DIAGNOSTICS_OF } from '../../../core/methods';
import type { StepReport } from '../../../core/records';
import type { Level } from '../../../widgets/Chart';
import { Meter } from '../../../widgets/Meter';
import { Term } from '../../../widgets/Term';
import { StepChart } from './StepChart';

/** Below this the projections are collapsing onto one point. */
const COLLAPSING = 0.2;

/** What the method reports beside its loss, and the learning rate: a small chart each. */
export function Diagnostics({ method, latest }: { method: MethodName; latest: StepReport }) {
  return (
    <div className="small-charts">
      {DIAGNOSTICS_OF[method].map((name) => (
        <DiagnosticChart key={name} name={name} method={method} value={latest[name] ?? Number.NaN} />
      ))}
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
          range={[0, null]}
          format={(value) => significant(value, 2)}
        />
      </div>
    </div>
  );
}

interface DiagnosticChartProps {
  name: Diagnostic;
  method: MethodName;
  value: number;
}

function DiagnosticChart({ name, method, value }: DiagnosticChartProps) {
  const { title, about, share, good } = diagnosticWords(name, method);
  const levels: Level[] = good === null ? [] : [{ y: good, label: '', colour: '--ink-2' }];
  const words = share ? percent(value) : name === 'featureStd' ? decimals(value, 2) : significant(value, 3);
  return (
    <div>
      <h3>
        <Term definition={about}>{title}</Term>
        <span className="figure">{words}</span>
      </h3>
      {name === 'featureStd' && (
        <Meter
          label="Feature std of the projections"
          value={value}
          max={1.1}
          low={COLLAPSING}
          words={decimals(value, 2)}
        />
      )}
      <StepChart
        label={`${title} at each step`}
        column={name}
        height={name === 'featureStd' ? 84 : 96}
        small
        withMean={share}
        range={share ? [0, 1] : [0, null]}
        format={share ? (shown) => wholePercent(shown) : (shown) => significant(shown, 2)}
        marks={{ levels }}
      />
    </div>
  );
}
