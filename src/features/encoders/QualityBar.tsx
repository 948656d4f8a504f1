import type { Quality } from './quality';

interface QualityBarProps {
  quality: Quality;
  /** Where the scale ends, which begins at 0. */
  most: number;
  /** The encoder that searches. */
  marked: boolean;
}

/** A value as a bar with its interval, on the scale that all rows of the list share. The figures beside it say the same. */
export function QualityBar({ quality: { value, interval }, most, marked }: QualityBarProps) {
  const at = (amount: number): number => (100 * amount) / most;
  return (
    <svg
      className={marked ? 'quality-bar marked' : 'quality-bar'}
      viewBox="0 0 100 12"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="quality-track" y="3" width="100" height="6" />
      <rect className="quality-value" y="3" width={at(value)} height="6" />
      {interval && (
        <path
          className="quality-interval"
          vectorEffect="non-scaling-stroke"
          d={`M${at(interval.low)} 6H${at(interval.high)}M${at(interval.low)} 1v10M${at(interval.high)} 1v10`}
        />
      )}
    </svg>
  );
}
