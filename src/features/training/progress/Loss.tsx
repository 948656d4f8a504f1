import { useSelected, useStepReports } from '../../../app/store/hooks';
import type { StepReports } from '../../../app/store/stepReports';
import { useLossVerdict } from '../../../app/terms/verdicts';
import { decimals, percent, significant } from '../../../core/amounts';
import type { Column } from '../../../core/columns';
import type { MethodName, RunConfig } from '../../../core/config';
import { diagnosticWords, LOSS_WORDS } from '../../../core/diagnostics';
import { lossMark } from '../../../core/method_words';
import { DIAGNOSTICS_OF } from '../../../core/methods';
import { fillingSteps } from '../../../core/words';
import type { Picture } from '../../../widgets/Chart';
import { Panel } from '../../../widgets/Panel';
import { Remark } from '../../../widgets/Remark';
import { Term } from '../../../widgets/Term';
import { ValueTable } from '../../../widgets/ValueTable';
import { Diagnostics } from './Diagnostics';
import { StepChart } from './StepChart';

const ROWS = 12;

interface TableColumn {
  column: Column;
  title: string;
  words: (value: number) => string;
}

function columnsOf(method: MethodName): TableColumn[] {
  const diagnostics = DIAGNOSTICS_OF[method].map((column): TableColumn => {
    const { title, share } = diagnosticWords(column, method);
    return { column, title, words: share ? percent : (value) => significant(value, 3) };
  });
  return [
    { column: 'loss', title: 'Loss', words: (value) => decimals(value, 3) },
    ...diagnostics,
    { column: 'learningRate', title: 'Learning rate', words: significant },
  ];
}

/** Some steps in figures, at even distances. */
function readRows(stepReports: StepReports, columns: readonly TableColumn[]): string[][] {
  const { first, length } = stepReports;
  const rows = Math.min(ROWS, length);
  return Array.from({ length: rows }, (_, i) => {
    const step = rows === 1 ? first : first + Math.round((i * (length - 1)) / (rows - 1));
    return [`Step ${step}`, ...columns.map(({ column, words }) => words(stepReports.at(column, step)))];
  });
}

/** The curves in figures, for who does not see them. */
function LossTable({ method }: { method: MethodName }) {
  const columns = columnsOf(method);
  const rows = useStepReports((reports) => readRows(reports, columns), 2000);
  return <ValueTable caption="Training so far" columns={['Step', ...columns.map(({ title }) => title)]} rows={rows} />;
}

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
        withMean
        format={significant}
        marks={marksOf(config)}
      />
      <Diagnostics method={config.method} latest={latest} />
      <LossTable method={config.method} />
    </Panel>
  );
}
