import { type ReactNode, useState } from 'react';
import { SearchButton } from '../../app/encoders/SearchButton';
import { mostFirst, type SortKey, sortedRows } from '../../core/comparison/sort';
import { type ComparisonTable, columnWords, timeWords } from '../../core/comparison/table';
import { encoderOfRow } from '../../core/comparison/winner';
import { memoryWords } from '../../core/memory';
import { count } from '../../widgets/amounts';
import { MeasureCell } from './tests/TestTable';

const COSTS = [
  ['steps', 'Steps'],
  ['seconds', 'Time'],
  ['images', 'Images'],
  ['batch', 'Batch'],
  ['queue', 'Queue'],
  ['memory', 'Memory'],
] as const;

/** Runs and baselines line by line, what each is worth before what it cost; a click on a heading puts them in order. */
export function ComparisonRows({ table }: { table: ComparisonTable }) {
  const { columns } = table;
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
  const known = (value: number | null): string => (value === null || value === 0 ? '' : count(value));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways. */}
      <section className="table-scroll" aria-label="Comparison of runs" tabIndex={0}>
        <table className="measure-table comparison-rows">
          <thead>
            <tr>
              {head('name', 'Method')}
              {columns.map((column, place) => head(place, columnWords(column), column.protocol))}
              {COSTS.map(([key, words]) => head(key, words))}
              <th scope="col" className="settings-differ">
                Settings that differ
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={row.baseline ? 'baseline' : 'this-run'}>
                <th scope="row">
                  {row.name}
                  {row.baseline && <span className="small muted"> baseline</span>}
                  <SearchButton
                    encoder={encoderOfRow(row)}
                    words="Search with"
                    label={`Search with ${row.name}`}
                    className="link small"
                  />
                </th>
                {columns.map((column, place) => (
                  <td key={columnWords(column)}>
                    <MeasureCell measure={column.measure} cell={row.cells[place]} />
                  </td>
                ))}
                <td className="figure">{known(row.steps)}</td>
                <td className="figure">{row.seconds > 0 && timeWords(row.seconds)}</td>
                <td className="figure">{known(row.images)}</td>
                <td className="figure">{known(row.batch)}</td>
                <td className="figure">{known(row.queue)}</td>
                <td className="figure">
                  {row.memory && (
                    <>
                      {memoryWords(row.memory.bytes)}
                      <span className="small muted"> {row.memory.how}</span>
                    </>
                  )}
                </td>
                <td className="small muted settings-differ">{row.settings}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="small muted">
        Bold: the best of a column. = : not distinguishable from it on these pictures. Below: 95 % intervals. Time is of
        training alone. Memory is the most that the device held for a run: planned ahead by the recorded plan, or
        sampled after each operation of TensorFlow.js. Point at a heading for how it was measured.
      </p>
    </>
  );
}
