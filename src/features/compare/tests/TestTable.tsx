import { type ComparisonCell, type ComparisonTable, measureRange } from '../../../core/comparison/table';
import { type MeasureName, measureWords, plainName } from '../../../core/measures';
import { Term } from '../../../widgets/Term';

/** A few embeddings side by side, a measure a line: for a narrow place. */
export function TestTable({ table }: { table: ComparisonTable }) {
  const { columns, rows } = table;
  const shown = columns
    .map((column, place) => ({ column, place }))
    .filter(({ place }) => rows.some(({ cells }) => cells[place]));
  if (shown.length === 0) return null;
  return (
    <div className="table-scroll">
      <table className="measure-table stacking test-table">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            {rows.map(({ id, name, baseline }) => (
              <th key={id} scope="col" className={baseline ? undefined : 'this-run'}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ column, place }) => (
            <tr key={`${column.measure} ${column.labels}`}>
              <th scope="row">
                <Term definition={column.protocol}>{plainName(column.measure)}</Term>
              </th>
              {rows.map(({ id, name, cells }) => (
                <td key={id} data-label={name}>
                  <MeasureCell measure={column.measure} cell={cells[place]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small muted">
        Bold: the best of a line. = : the highest, and what makes no clear difference from it. Below: 95 % intervals.
      </p>
    </div>
  );
}

/** A value with its interval; the best in bold, or several that make no clear difference marked. */
export function MeasureCell({ measure, cell }: { measure: MeasureName; cell: ComparisonCell | null }) {
  if (!cell) return <span className="muted">–</span>;
  const { value, interval, best, level } = cell;
  return (
    <>
      <span className={best && !level ? 'figure best' : 'figure'}>
        {level && <span title="No clear difference between those with this sign">=&nbsp;</span>}
        {measureWords(measure, value)}
        {best && !level && <span className="visually-hidden"> best</span>}
      </span>
      {interval && <span className="interval figure muted">{measureRange(measure, interval)}</span>}
    </>
  );
}
