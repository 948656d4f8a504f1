import { useState } from 'react';
import { testedColumn, testedGroups } from '../../app/session/testedLabels';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { baselinesOf } from '../../core/baselines';
import type { ComparisonTable } from '../../core/comparison/table';
import { comparisonCsv, comparisonMarkdown } from '../../core/comparison/write';
import type { Run } from '../../core/records';
import { download, fileName } from '../../widgets/download';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';
import { CompareWinner } from './CompareWinner';
import { ComparisonRows } from './ComparisonRows';
import { useLabelNames } from './labelNames';
import { RunTests } from './tests/RunTests';

/** All labels at once: no column has an empty name. */
const ALL = '';

/** Every run that has ended beside what needs no training: what each is worth by labels, and what it cost. */
export function CompareTable({ runs }: { runs: readonly (Run & { name: string })[] }) {
  const { compare } = useActions();
  const dataset = useSelected(currentDataset);
  const first = useSelected(testedColumn);
  const groups = useSelected(testedGroups);
  const version = useSelected(({ tests }) => tests.version);
  const baselines = useSelected(({ measures }) => measures.baselines);
  const names = useLabelNames();
  const [chosen, setChosen] = useState<string | null>(null);
  const column = chosen ?? first ?? ALL;
  const of = [...runs.map(({ id }) => id), ...baselinesOf(baselines)];
  const columns = column === ALL ? names : [column];
  const steps = runs.map(({ step }) => step);
  const about = JSON.stringify([dataset?.id, of, steps, columns, groups, version, baselines.length]);
  const { answer, waiting } = useAnswer((signal) => compare(of, columns, signal), about);
  const table = answer && answer.columns.length > 0 ? answer : null;
  return (
    <Panel title="Tests" className="compare-table">
      <div className="compare-bar">
        <LabelChoice names={names} column={column} onChange={setChosen} />
        <RunTests of={of} column={column === ALL ? null : column} words="Test all" />
        {table && <SaveTable table={table} name={dataset?.name ?? ''} />}
      </div>
      {waiting && !answer && <p className="small muted">Comparing what was found…</p>}
      {table && <CompareWinner table={table} />}
      {table && <ComparisonRows table={table} />}
    </Panel>
  );
}

interface LabelChoiceProps {
  names: readonly string[];
  column: string;
  onChange(column: string): void;
}

function LabelChoice({ names, column, onChange }: LabelChoiceProps) {
  if (names.length === 0) return <p className="small muted">These pictures have no labels: compared without any.</p>;
  return (
    <label className="compare-labels">
      <span>By labels</span>
      <select className="field" value={column} onChange={({ target }) => onChange(target.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value={ALL}>all of them</option>
      </select>
    </label>
  );
}

function SaveTable({ table, name }: { table: ComparisonTable; name: string }) {
  const save = (ending: string, type: string, text: string): void =>
    download(`${fileName(name)}-comparison.${ending}`, new Blob([text], { type: `${type};charset=utf-8` }));
  return (
    <div className="button-row">
      <button type="button" className="button quiet" onClick={() => save('csv', 'text/csv', comparisonCsv(table))}>
        <Icon name="save" />
        CSV
      </button>
      <button
        type="button"
        className="button quiet"
        onClick={() => save('md', 'text/markdown', comparisonMarkdown(table))}
      >
        <Icon name="save" />
        Markdown
      </button>
    </div>
  );
}
