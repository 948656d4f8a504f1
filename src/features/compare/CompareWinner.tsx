import { SearchButton } from '../../app/encoders/SearchButton';
import type { ComparisonTable } from '../../core/comparison/table';
import { encoderOfRow, winner } from '../../core/comparison/winner';

/** Which encoder is best, what it cannot be told from, and one click to search with it. */
export function CompareWinner({ table }: { table: ComparisonTable }) {
  const found = winner(table);
  if (!found) return null;
  const { row, by, level } = found;
  return (
    <div className="callout compare-winner">
      <p>
        Best of those tested, by {by}: <strong>{row.name}</strong>
        {level.length > 0 ? `; not distinguishable from ${level.join(', ')}.` : '.'}
      </p>
      <SearchButton encoder={encoderOfRow(row)} words={`Search with ${row.name}`} className="button primary" />
    </div>
  );
}
