import { wholePercent } from '../../../core/amounts';
import type { Interval } from '../../../core/records';
import { intervalWords } from './outcome';

interface ShareStripProps {
  /** Of the answers that preferred one encoder. */
  share: number;
  interval: Interval;
  /** Whose the left end is, all answers for that one, and whose the right end. */
  ends: readonly [string, string];
}

/** A share with its interval between two ends; one half, where chance lies, is marked. */
export function ShareStrip({ share, interval: { low, high }, ends }: ShareStripProps) {
  return (
    <figure className="share-strip">
      <svg
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${ends[1]}: ${wholePercent(share)}, ${intervalWords({ low, high })}`}
      >
        <rect className="share-track" y="3.5" width="100" height="1" />
        <rect className="share-interval" x={100 * low} y="2" width={100 * (high - low)} height="4" />
        <rect className="share-half" x="49.85" width="0.3" height="8" />
        <rect className="share-mark" x={100 * share - 0.5} y="0.5" width="1" height="7" />
      </svg>
      <figcaption className="small muted">
        <span>{ends[0]}</span>
        <span>chance</span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}
