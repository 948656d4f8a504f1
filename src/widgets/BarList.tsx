import { percent } from '../core/amounts';

interface Bar {
  label: string;
  /** After the label, in a paler ink; may be empty. */
  note: string;
  /** Of the whole, 0 to 1. */
  share: number;
  words: string;
}

/** Parts of a whole, each with its amount, its share and a bar; the longest bar takes all the room there is. */
export function BarList({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const longest = Math.max(...bars.map(({ share }) => share), 1e-9);
  return (
    <ul className="bar-list" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.label}>
          <span className="bar-label">
            {bar.label} <span className="muted">{bar.note}</span>
          </span>
          <span className="figure">{bar.words}</span>
          <span className="figure muted">{percent(bar.share)}</span>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect width={(100 * bar.share) / longest} height="4" />
          </svg>
        </li>
      ))}
    </ul>
  );
}
