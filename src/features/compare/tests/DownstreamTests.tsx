import { useId, useState } from 'react';
import { testedColumn, testedGroups } from '../../../app/session/testedLabels';
import { useAnswer } from '../../../app/store/answers';
import { useActions, useSelected } from '../../../app/store/hooks';
import { currentDataset } from '../../../app/store/store';
import { baselinesOf } from '../../../core/baselines';
import type { ComparisonTable } from '../../../core/comparison/table';
import { Panel } from '../../../widgets/Panel';
import { CompareWinner } from '../CompareWinner';
import { useComparableRuns } from '../comparableRuns';
import { useLabelNames } from '../labelNames';
import { OutcomeView } from './OutcomeView';
import { RunTests } from './RunTests';
import { TestTable } from './TestTable';

/** How well the embeddings serve for what is known of the pictures: evaluated by labels, never trained with them. */
export function DownstreamTests() {
  const { compare } = useActions();
  const dataset = useSelected(currentDataset);
  const shown = useSelected(({ training }) => training.run);
  const column = useSelected(testedColumn);
  const groups = useSelected(testedGroups);
  const { version } = useSelected(({ tests }) => tests);
  const baselines = useSelected(({ measures }) => measures.baselines);
  const [chosen, setChosen] = useState<string | null>(null);
  const runs = useComparableRuns();
  const run =
    runs.find(({ id }) => id === chosen)?.id ?? runs.find(({ id }) => id === shown?.id)?.id ?? runs.at(-1)?.id;
  const of = [...(run ? [run] : []), ...baselinesOf(baselines)];
  const about = JSON.stringify([
    dataset?.id,
    of,
    column,
    groups,
    version,
    baselines.length,
    shown?.status,
    shown?.step,
  ]);
  const { answer: table, waiting } = useAnswer(
    column === null ? null : (signal) => compare(of, [column], signal),
    about,
  );
  if (!dataset) return null;
  return (
    <Panel title="Downstream tests" className="downstream">
      <Choices runs={runs} run={run ?? null} onRun={setChosen} />
      <RunTests of={of} />
      {waiting && !table && <p className="small muted">Comparing what was found…</p>}
      {table && column !== null && <Findings table={table} column={column} />}
    </Panel>
  );
}

interface ChoicesProps {
  runs: readonly { id: string; name: string }[];
  run: string | null;
  onRun(id: string): void;
}

/** Which run, by which labels, and what is to be kept together. */
function Choices({ runs, run, onRun }: ChoicesProps) {
  const { chooseLabels } = useActions();
  const names = useLabelNames();
  const column = useSelected(testedColumn);
  const groups = useSelected(testedGroups);
  const id = useId();
  if (column === null)
    return (
      <p className="muted">
        As soon as some pictures have labels, a run and what needs no learning are tested by them: nearest neighbours, a
        linear model, a few labels a class.
      </p>
    );
  return (
    <div className="test-choices">
      <label htmlFor={`${id}-column`}>Labels</label>
      <select
        id={`${id}-column`}
        className="field"
        value={column}
        onChange={({ target }) => chooseLabels({ column: target.value })}
      >
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <label htmlFor={`${id}-run`}>Run</label>
      <select
        id={`${id}-run`}
        className="field"
        disabled={runs.length === 0}
        value={run ?? ''}
        onChange={({ target }) => onRun(target.value)}
      >
        {runs.length === 0 && <option value="">none has ended yet</option>}
        {runs.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      {names.length > 1 && (
        <>
          <label htmlFor={`${id}-groups`}>Keep together</label>
          <select
            id={`${id}-groups`}
            className="field"
            value={groups ?? ''}
            onChange={({ target }) => chooseLabels({ groups: target.value || null })}
          >
            <option value="">nearly equal pictures</option>
            {names
              .filter((name) => name !== column)
              .map((name) => (
                <option key={name} value={name}>
                  and those of one {name}
                </option>
              ))}
          </select>
        </>
      )}
    </div>
  );
}

/** What was found: the verdict, a table, and the pictures behind it. */
function Findings({ table, column }: { table: ComparisonTable; column: string }) {
  const tested = table.rows.filter(({ cells }) => cells.some((cell, i) => cell && table.columns[i].labels === column));
  return (
    <>
      <CompareWinner table={table} />
      <TestTable table={table} />
      {tested.length > 0 && <OutcomeView column={column} rows={tested} />}
    </>
  );
}
