import { SearchButton } from '../../app/encoders/SearchButton';
import type { ComparisonTable } from '../../core/comparison/table';
import { encoderOfRow, winner, winnerWords } from '../../core/comparison/winner';
import { plainName } from '../../core/measures';

/** Which encoder is best, what it cannot be told from, and one click to search with it. */
export function CompareWinner({ table }: { table: ComparisonTable }) {
  const found = winner(table);
  if (!found) return null;
  const { row } = found;
  return (
    <div className="callout compare-winner">
      <p>{winnerWords(table, plainName)}</p>
      <SearchButton encoder={encoderOfRow(row)} words={`Search with ${row.name}`} className="button" />
    </div>
  );
}
