import { SearchButton } from '../../app/encoders/SearchButton';
import type { ComparisonTable } from '../../core/comparison/table';
import { encoderOfRow, winner, winnerWords } from '../../core/comparison/winner';
import { plainName } from '../../core/measures';
import type { Recommendation } from './searchedQuality';

interface CompareWinnerProps {
  table: ComparisonTable;
  /** Not given: by tests alone. */
  recommended?: Recommendation | null;
}

/** Which encoder to search with, why, and one click that does so: as searched, else the best by tests. */
export function CompareWinner({ table, recommended }: CompareWinnerProps) {
  if (recommended) {
    const { encoder, verdict } = recommended;
    const { advice, figures } = verdict;
    return <Winner words={advice} figures={figures} encoder={encoder.id} name={encoder.name} />;
  }
  const found = winner(table);
  if (!found) return null;
  // Of equals none is to be preferred.
  const encoder = found.level.length > 0 ? null : encoderOfRow(found.row);
  return <Winner words={winnerWords(table, plainName)} encoder={encoder} name={found.row.name} />;
}

interface WinnerProps {
  words: string;
  figures?: string;
  encoder: string | null;
  name: string;
}

function Winner({ words, figures, encoder, name }: WinnerProps) {
  return (
    <div className="callout compare-winner">
      <p>
        {figures ? <strong>{words}</strong> : words}
        {figures && <span className="small muted">{figures}</span>}
      </p>
      <SearchButton
        encoder={encoder}
        words={`Search with ${name}`}
        used={`${name} in use`}
        className={figures ? 'button primary' : 'button'}
      />
    </div>
  );
}
