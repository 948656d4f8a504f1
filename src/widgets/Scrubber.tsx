import { useId } from 'react';

interface ScrubberProps {
  label: string;
  /** Places to choose from, 0 .. count - 1. */
  count: number;
  /** null stays at the newest place. */
  place: number | null;
  words: (place: number) => string;
  onChange: (place: number | null) => void;
}

/** A slider through time. Drawn to its end it follows what comes. */
export function Scrubber({ label, count, place, words, onChange }: ScrubberProps) {
  const id = useId();
  const last = count - 1;
  const at = Math.min(place ?? last, last);
  return (
    <div className="scrubber">
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.max(0, last)}
        step={1}
        value={Math.max(0, at)}
        disabled={count < 2}
        aria-valuetext={count > 0 ? words(at) : ''}
        onChange={({ target }) => onChange(target.valueAsNumber === last ? null : target.valueAsNumber)}
      />
      <span className="scrubber-words" aria-hidden="true">
        {count > 0 ? words(at) : ''}
      </span>
    </div>
  );
}
