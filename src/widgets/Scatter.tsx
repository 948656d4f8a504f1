import { significant } from '../core/amounts';

/** Points drawn; of more every so many is left out. */
const MOST = 1500;
const SIDE = 240;
const EDGE = 4;

interface ScatterProps {
  label: string;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** What stands along the axes. */
  words: readonly [string, string];
}

/** Points on one scale for both axes, with the line on which both are equal. */
export function Scatter({ label, x, y, words }: ScatterProps) {
  const every = Math.max(1, Math.ceil(x.length / MOST));
  const places = Array.from({ length: Math.ceil(x.length / every) }, (_, i) => i * every);
  const all = places.flatMap((place) => [x[place], y[place]]);
  const [low, high] = all.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [all[0] ?? 0, all[0] ?? 1],
  );
  const at = (value: number): number => EDGE + ((value - low) / (high - low || 1)) * (SIDE - 2 * EDGE);
  return (
    <figure className="scatter">
      <svg viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={label}>
        <line className="scatter-equal" x1={EDGE} y1={SIDE - EDGE} x2={SIDE - EDGE} y2={EDGE} />
        {places.map((place) => (
          <circle key={place} cx={at(x[place]).toFixed(1)} cy={(SIDE - at(y[place])).toFixed(1)} r="2" />
        ))}
      </svg>
      <figcaption className="small muted">
        Across: {words[0]}. Up: {words[1]}. Both from {significant(low)} to {significant(high)}
        {every > 1 && `; one picture of ${every} is drawn`}.
      </figcaption>
    </figure>
  );
}
