import { useId } from 'react';

interface MeterProps {
  label: string;
  /** NaN while there is nothing to show. */
  value: number;
  /** Right end of the scale, which begins at 0. */
  max: number;
  /** Below this the value is alarming. */
  low: number;
  words: string;
}

/** A bar that says how much of something there is, and turns to the colour of danger when it is too little. */
export function Meter({ label, value, max, low, words }: MeterProps) {
  const id = useId();
  const known = Number.isFinite(value);
  const share = known ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className={known && value < low ? 'meter alarming' : 'meter'}>
      <span id={id} className="visually-hidden">
        {label}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in their own way, none with this scale. */}
      <div
        role="meter"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={known ? Math.min(max, value) : 0}
        aria-valuetext={words}
        className="meter-track"
      >
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect className="meter-fill" width={100 * share} height="6" />
          <rect className="meter-limit" x={(100 * low) / max} width="0.5" height="6" />
        </svg>
      </div>
    </div>
  );
}
