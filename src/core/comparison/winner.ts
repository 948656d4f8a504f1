import { bestEncoder } from '../encoders/decisive';
import { UNTRAINED } from '../encoders/encoder';
import { type Decisive, measureWords } from '../measures';
import { isPretrained } from '../pretrained';
import { type ComparisonRow, type ComparisonTable, measureRange } from './table';

/** The id of the encoder that a row is of; null for pixels and colours, which nothing is embedded with. */
export function encoderOfRow({ id, baseline }: Pick<ComparisonRow, 'id' | 'baseline'>): string | null {
  if (!baseline || isPretrained(id)) return id;
  return id === 'untrained encoder' ? UNTRAINED : null;
}

export interface Winner {
  row: ComparisonRow;
  by: Decisive;
  /** Other encoders that cannot be told from it by that measure. */
  level: string[];
}

/** The best of the rows that can search, by the first of the decisive measures that two of them have; null: none tells. */
export function winner({ columns, rows }: ComparisonTable): Winner | null {
  const able = rows
    .filter((row) => encoderOfRow(row) !== null)
    .map((row) => ({
      row,
      name: row.name,
      measures: columns.flatMap(({ measure: name, recipe }, place) => {
        const cell = row.cells[place];
        return cell ? [{ name, recipe, value: cell.value, interval: cell.interval, protocol: '' }] : [];
      }),
    }));
  const found = bestEncoder(able);
  if (!found) return null;
  const places = columns.flatMap(({ measure }, place) => (measure === found.by ? [place] : []));
  const near = able.filter(
    ({ row }) => row !== found.best.row && places.some((place) => row.cells[place]?.level || row.cells[place]?.best),
  );
  return { row: found.best.row, by: found.by, level: near.map(({ name }) => name) };
}

/**
 * The verdict of a comparison in one sentence. `nameOf`: what a measure is called there.
 * 'Best by mAP@R: InceptionV3, pretrained, 39.2 % (31.0–46.6). Cannot be told from it: MoCo v2 from InceptionV3.'
 */
export function winnerWords(
  table: ComparisonTable,
  nameOf: (measure: Decisive) => string = (measure) => measure,
): string {
  const found = winner(table);
  if (!found) return 'These models cannot be compared yet. Label some pictures first.';
  const { row, by, level } = found;
  const place = table.columns.findIndex(({ measure }, i) => measure === by && row.cells[i]);
  const cell = row.cells[place];
  const words = (value: number): string => measureWords(by, value);
  const value = cell ? `, ${words(cell.value)}` : '';
  const range = cell?.interval ? ` (${measureRange(by, cell.interval)})` : '';
  // Level is said beside the best of a column: where pixels are that, it says nothing of the winner.
  const alike = cell?.best && level.length > 0 ? ` Cannot be told from it: ${level.join('; ')}.` : '';
  const above = table.rows.flatMap((other) => {
    const reached = other.cells[place]?.value;
    const better = cell && reached !== undefined && reached > cell.value && encoderOfRow(other) === null;
    return better ? [`${other.name} ${words(reached)}`] : [];
  });
  const bare = above.length > 0 ? ` Without an encoder: ${above.join('; ')}.` : '';
  return `Best by ${nameOf(by)}: ${row.name}${value}${range}.${alike}${bare}`;
}
