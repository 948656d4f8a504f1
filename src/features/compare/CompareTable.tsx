import { useState } from 'react';
import { useEncoders } from '../../app/encoders/useEncoders';
import { testedColumn, testedGroups } from '../../app/session/testedLabels';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { capital } from '../../core/amounts';
import { baselinesOf, isBaseline } from '../../core/baselines';
import type { ComparisonRow, ComparisonTable } from '../../core/comparison/table';
import { encoderOfRow } from '../../core/comparison/winner';
import { comparisonCsv, comparisonMarkdown } from '../../core/comparison/write';
import type { Encoder } from '../../core/encoders/encoder';
import type { Run } from '../../core/records';
import { download, fileName } from '../../widgets/download';
import { Icon } from '../../widgets/Icon';
import { Panel } from '../../widgets/Panel';
import { CompareWinner } from './CompareWinner';
import { ComparisonRows } from './ComparisonRows';
import { useLabelNames } from './labelNames';
import { useSearched } from './searchedQuality';
import { RunTests } from './tests/RunTests';

/** All labels at once: no column has an empty name. */
const ALL = '';

/** The chosen models, or every run that has ended beside what needs no training: what each is worth, and what it cost. */
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
  const { encoders } = useEncoders();
  const compared = useSelected((state) => state.encoders.compared);
  const [others, showOthers] = useState(false);
  const all = [...runs.map(({ id }) => id), ...baselinesOf(baselines)];
  const isChosen = (id: string): boolean => compared.includes(encoderOfRow({ id, baseline: isBaseline(id) }) ?? '');
  const wanted = all.filter(isChosen);
  const few = wanted.length > 1 && wanted.length < all.length;
  const of = few && !others ? wanted : all;
  const ids = of.map((id) => encoderOfRow({ id, baseline: isBaseline(id) }));
  const { quality: searched, recommended } = useSearched((id) => ids.includes(id));
  const columns = column === ALL ? names : [column];
  const steps = runs.map(({ step }) => step);
  const about = JSON.stringify([dataset?.id, of, steps, columns, groups, version, baselines.length]);
  const { answer, waiting } = useAnswer((signal) => compare(of, columns, signal), about);
  const known = answer && (answer.columns.length > 0 || searched) ? answer : null;
  const table = known && {
    ...known,
    rows: known.rows
      .map((row) => ({ ...row, name: nameOf(encoders, row) }))
      .toSorted((a, b) => Number(isChosen(b.id)) - Number(isChosen(a.id))),
  };
  return (
    <Panel title="How well each finds" className="compare-table">
      <div className="compare-bar">
        <LabelChoice names={names} column={column} onChange={setChosen} />
        <RunTests of={of} columns={columns} words={of === all ? 'Test all' : 'Test these'} />
        {few && (
          <label className="check">
            <input type="checkbox" checked={others} onChange={({ target }) => showOthers(target.checked)} />
            Other models and baselines too
          </label>
        )}
        {table && <SaveTable table={table} name={dataset?.name ?? ''} />}
      </div>
      {waiting && !answer && <p className="small muted">Comparing what was found…</p>}
      {table && <CompareWinner table={table} recommended={recommended} />}
      {table && <ComparisonRows table={table} searched={searched} />}
    </Panel>
  );
}

/** What Models calls it; of pixels and colours the usual words. */
const nameOf = (encoders: readonly Encoder[], row: ComparisonRow): string =>
  encoders.find(({ id }) => id === encoderOfRow(row))?.name ?? capital(row.name);

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
