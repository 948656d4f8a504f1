import { type ReactNode, useState } from 'react';
import { SearchButton } from '../../app/encoders/SearchButton';
import { bytes, count, duration } from '../../core/amounts';
import { mostFirst, type SortKey, sortedRows } from '../../core/comparison/sort';
import {
  type ComparisonColumn,
  type ComparisonRow,
  type ComparisonTable,
  columnWords,
} from '../../core/comparison/table';
import { encoderOfRow } from '../../core/comparison/winner';
import { DECISIVE, plainName } from '../../core/measures';
import type { SearchedQuality } from './searchedQuality';
import { MeasureCell } from './tests/TestTable';

const COSTS = [
  ['steps', 'Steps'],
  ['seconds', 'Time'],
  ['images', 'Images'],
  ['batch', 'Batch'],
  ['queue', 'Queue'],
  ['memory', 'Memory'],
] as const;

/** Measures and costs that are shown at first: what tells encoders apart, and the time it took. */
const FIRST_MEASURES = 4;
const FIRST_COSTS: readonly string[] = ['steps', 'seconds'];

/** Beside what is known of search, only tests that tell encoders apart by labels. */
const isFirst = ({ measure }: ComparisonColumn): boolean =>
  measure !== 'two-view R@1' && DECISIVE.some((name) => name === measure);

/** 'kNN, plain (folder)' */
const testWords = (column: ComparisonColumn): string =>
  columnWords(column).replace(column.measure, plainName(column.measure));

/** Runs and baselines line by line, what each is worth before what it cost; a click on a heading puts them in order. */
export function ComparisonRows({ table, searched }: { table: ComparisonTable; searched: SearchedQuality | null }) {
  const { columns } = table;
  const [all, setAll] = useState(false);
  const measured = columns.map((column, place) => ({ column, place }));
  const first = searched ? measured.filter(({ column }) => isFirst(column)) : measured;
  const shown = all ? measured : first.slice(0, FIRST_MEASURES);
  const costs = COSTS.filter(([key]) => all || FIRST_COSTS.includes(key));
  const [order, setOrder] = useState<{ key: SortKey; down: boolean } | null>(null);
  // Another choice of labels may have fewer columns.
  const usable = order && (typeof order.key !== 'number' || order.key < columns.length) ? order : null;
  const rows = usable ? sortedRows(table, usable.key, usable.down) : table.rows;
  const head = (key: SortKey, words: ReactNode, title?: string) => {
    const down = usable?.key === key ? usable.down : null;
    const next = down === null ? mostFirst(table, key) : !down;
    return (
      <th
        key={key}
        scope="col"
        aria-sort={down === null ? undefined : down ? 'descending' : 'ascending'}
        title={title}
        className={key === 'name' ? 'method' : undefined}
      >
        <button type="button" onClick={() => setOrder({ key, down: next })}>
          {words}
          <span aria-hidden="true">{down === null ? '' : down ? ' ↓' : ' ↑'}</span>
        </button>
      </th>
    );
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways. */}
      <section className="table-scroll" aria-label="Comparison of runs" tabIndex={0}>
        <table className="measure-table stacking comparison-rows">
          <thead>
            <tr>
              {head('name', 'Model')}
              {searched && <th scope="col">{searched.words}</th>}
              {shown.map(({ column, place }) => head(place, testWords(column), column.protocol))}
              {costs.map(([key, words]) => head(key, words))}
              {all && (
                <th scope="col" className="settings-differ">
                  Settings that differ
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={encoderOfRow(row) === null ? 'baseline' : 'this-run'}>
                <th scope="row">
                  {row.name}
                  {encoderOfRow(row) === null && <span className="small muted"> baseline</span>}
                  <SearchButton
                    encoder={encoderOfRow(row)}
                    words="Search with"
                    label={`Search with ${row.name}`}
                    className="link small"
                  />
                </th>
                {searched && (
                  <td data-label={searched.words}>
                    <MeasureCell
                      measure={searched.measure}
                      cell={searched.cells.get(encoderOfRow(row) ?? '') ?? null}
                    />
                  </td>
                )}
                {shown.map(({ column, place }) => (
                  <td key={columnWords(column)} data-label={testWords(column)}>
                    <MeasureCell measure={column.measure} cell={row.cells[place]} />
                  </td>
                ))}
                {costs.map(([key, words]) => (
                  <td key={key} className="figure" data-label={words}>
                    <Cost row={row} of={key} />
                  </td>
                ))}
                {all && (
                  <td className="small muted settings-differ" data-label="Settings that differ">
                    {row.settings}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="compare-bar">
        <p className="small muted">
          Bold: the best. = : the highest, and what makes no clear difference from it. Plain: without the refinement
          that search may use. Below: 95 % intervals.
        </p>
        <button type="button" className="button quiet small" aria-pressed={all} onClick={() => setAll(!all)}>
          All measures and costs
        </button>
      </div>
    </>
  );
}

type CostKey = (typeof COSTS)[number][0];

/** What one encoder cost; nothing where nothing was trained. */
function Cost({ row, of }: { row: ComparisonRow; of: CostKey }) {
  if (of === 'memory')
    return (
      row.memory && (
        <>
          {bytes(row.memory.bytes)}
          <span className="small muted"> {row.memory.how}</span>
        </>
      )
    );
  const value = row[of];
  if (value === null || value === 0) return null;
  return of === 'seconds' ? duration(value) : count(value);
}
