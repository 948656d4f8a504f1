import { useSelected, useStepReports } from '../../../app/store/hooks';
import { useLossVerdict } from '../../../app/terms/verdicts';
import { decimals, significant } from '../../../core/amounts';
import type { RunConfig } from '../../../core/config';
import { LOSS_WORDS } from '../../../core/diagnostics';
import { lossMark } from '../../../core/method_words';
import { fillingSteps } from '../../../core/words';
import type { Curve, Picture } from '../../../widgets/Chart';
import { Panel } from '../../../widgets/Panel';
import { Remark } from '../../../widgets/Remark';
import { Term } from '../../../widgets/Term';
import { Diagnostics } from './Diagnostics';
import { LossTable } from './LossTable';
import { StepChart } from './StepChart';

const NOISY: Curve[] = [
  { label: 'value', colour: '--chart-faint', width: 1 },
  { label: 'mean', colour: '--chart-run', width: 2 },
];

/** The loss of guessing and the filling of the queue, for the methods that have them. */
function marksOf(config: RunConfig): Pick<Picture, 'levels' | 'spans'> {
  const mark = lossMark(config);
  return {
    levels: mark ? [{ ...mark, colour: '--ink-2' }] : [],
    spans: config.method === 'moco' ? [{ from: 0, to: fillingSteps(config), label: 'queue filling' }] : [],
  };
}

/** The loss and what belongs to it, step by step. */
export function Loss() {
  const config = useSelected((state) => state.training.run?.config ?? null);
  const latest = useStepReports((reports) => reports.latest());
  const verdict = useLossVerdict();
  if (!latest || !config)
    return (
      <Panel title="Loss" className="loss">
        <p className="muted">{verdict.text}</p>
      </Panel>
    );
  return (
    <Panel title="Loss" className="loss">
      <div className="loss-head">
        <p className="big-figure">
          <span className="figure">{decimals(latest.loss, 3)}</span>{' '}
          <Term definition={LOSS_WORDS[config.method]}>loss</Term>
        </p>
        <Remark tone={verdict.tone}>{verdict.text}</Remark>
      </div>
      <StepChart
        label={`Loss at each step, with its mean${lossMark(config) ? ' and the loss of guessing' : ''}`}
        column="loss"
        height={220}
        curves={NOISY}
        format={significant}
        marks={marksOf(config)}
      />
      <Diagnostics method={config.method} latest={latest} />
      <LossTable method={config.method} />
    </Panel>
  );
}
