import { useStepReports } from '../../../app/store/hooks';
import type { StepReports } from '../../../app/store/stepReports';
import { decimals, percent, significant } from '../../../core/amounts';
import type { Column } from '../../../core/columns';
import type { MethodName } from '../../../core/config';
import { diagnosticWords } from '../../../core/diagnostics';
import { DIAGNOSTICS_OF } from '../../../core/methods';
import { ValueTable } from '../../../widgets/ValueTable';

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

/** Some steps in figures, spread over the run. */
function readRows(stepReports: StepReports, columns: readonly TableColumn[]): string[][] {
  const { first, length } = stepReports;
  const rows = Math.min(ROWS, length);
  return Array.from({ length: rows }, (_, i) => {
    const step = rows === 1 ? first : first + Math.round((i * (length - 1)) / (rows - 1));
    return [`Step ${step}`, ...columns.map(({ column, words }) => words(stepReports.at(column, step)))];
  });
}

/** The curves in figures, for who does not see them. */
export function LossTable({ method }: { method: MethodName }) {
  const columns = columnsOf(method);
  const rows = useStepReports((reports) => readRows(reports, columns), 2000);
  return <ValueTable caption="Training so far" columns={['Step', ...columns.map(({ title }) => title)]} rows={rows} />;
}
