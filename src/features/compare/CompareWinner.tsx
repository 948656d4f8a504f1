import { SearchButton } from '../../app/encoders/SearchButton';
import type { ComparisonTable } from '../../core/comparison/table';
import { encoderOfRow, winner, winnerWords } from '../../core/comparison/winner';
import { plainName } from '../../core/measures';
import type { SearchedQuality } from './searchedQuality';

interface CompareWinnerProps {
  table: ComparisonTable;
  /** Not given: by tests alone. */
  searched?: SearchedQuality | null;
}

/** Which encoder is best, what it cannot be told from, and one click to search with it: as searched, else by tests. */
export function CompareWinner({ table, searched }: CompareWinnerProps) {
  if (searched?.best) {
    const { encoder, words } = searched.best;
    return <Winner words={words} encoder={encoder.id} name={encoder.name} />;
  }
  const found = winner(table);
  if (!found) return null;
  return <Winner words={winnerWords(table, plainName)} encoder={encoderOfRow(found.row)} name={found.row.name} />;
}

function Winner({ words, encoder, name }: { words: string; encoder: string | null; name: string }) {
  return (
    <div className="callout compare-winner">
      <p>{words}</p>
      <SearchButton encoder={encoder} words={`Search with ${name}`} className="button" />
    </div>
  );
}
