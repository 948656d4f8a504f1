import { bytes, duration } from '../amounts';
import { writeCsv } from '../formats/csv';
import { measureWords } from '../measures';
import { line, plain } from './markdown';
import { sortedRows } from './sort';
import { type ComparisonCell, type ComparisonTable, columnWords } from './table';
import { winner, winnerWords } from './winner';

function cellWords(cell: ComparisonCell | null, words: (value: number) => string): string {
  if (!cell) return '';
  const value = cell.best && !cell.level ? `**${words(cell.value)}**` : words(cell.value);
  const range = cell.interval ? ` (${words(cell.interval.low)} to ${words(cell.interval.high)})` : '';
  return `${value}${range}${cell.level ? ' =' : ''}`;
}

const LEGEND =
  'The best of a column is bold; where several are equal within chance on these pictures, each has =. In brackets 95 % intervals. Peak memory is the most that the device held for a run: planned ahead by the recorded plan, or sampled after each operation of TensorFlow.js.';

/** The comparison as Markdown: the verdict, the table with the best first, and how each column was measured. */
export function comparisonMarkdown(table: ComparisonTable): string {
  const { columns } = table;
  const place = columns.findIndex(({ measure }) => measure === winner(table)?.by);
  const measures = columns.map((column) => plain(columnWords(column)));
  const heads = ['method', ...measures, 'settings', 'steps', 'time', 'images', 'batch', 'queue', 'peak memory'];
  const rows = place < 0 ? table.rows : sortedRows(table, place, true);
  const body = rows.map(({ name, baseline, settings, steps, seconds, images, batch, queue, memory, cells }) =>
    line([
      plain(baseline ? `${name} (baseline)` : name),
      ...cells.map((cell, i) => cellWords(cell, (value) => measureWords(columns[i].measure, value))),
      plain(settings),
      steps === 0 ? '' : String(steps),
      seconds === 0 ? '' : duration(seconds),
      images === 0 ? '' : String(images),
      batch === null ? '' : String(batch),
      queue === null ? '' : String(queue),
      memory === null ? '' : `${bytes(memory.bytes)} ${memory.how}`,
    ]),
  );
  return [
    plain(winnerWords(table)),
    '',
    line(heads),
    line(heads.map((head) => (head === 'method' || head === 'settings' ? '---' : '---:'))),
    ...body,
    '',
    LEGEND,
    '',
    ...columns.map((column) => plain(`- ${columnWords(column)}: ${column.protocol}`)),
    '',
  ].join('\n');
}

/** The comparison as CSV: one record a row, each measure as value, low and high. */
export function comparisonCsv({ columns, rows }: ComparisonTable): string {
  const heads = columns.flatMap((column) => ['', ' low', ' high'].map((end) => columnWords(column) + end));
  const number = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : value;
  return writeCsv(
    [
      'method',
      'baseline',
      'settings',
      'steps',
      'seconds',
      'images',
      'batch',
      'queue',
      'peak bytes',
      'peak is',
      ...heads,
    ],
    rows.map(({ name, baseline, settings, steps, seconds, images, batch, queue, memory, cells }) => [
      name,
      baseline ? 'yes' : 'no',
      settings,
      steps,
      seconds,
      images,
      batch,
      queue,
      memory?.bytes ?? null,
      memory?.how ?? null,
      ...cells.flatMap((cell) => [cell?.value, cell?.interval?.low, cell?.interval?.high].map(number)),
    ]),
  );
}
