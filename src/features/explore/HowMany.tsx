import { count } from '../../core/amounts';

interface HowManyProps {
  wanted: number;
  of: number;
  /** Beside what there is, at most. */
  most?: number;
  onWanted(wanted: number): void;
}

export function HowMany({ wanted, of, most: limit = 200, onWanted }: HowManyProps) {
  const most = Math.min(limit, of);
  return (
    <label className="tidy-threshold">
      How many
      <input
        type="range"
        min={Math.min(4, most)}
        max={most}
        value={Math.min(wanted, most)}
        onChange={({ target }) => onWanted(target.valueAsNumber)}
      />
      <span className="figure">{count(Math.min(wanted, most))}</span>
    </label>
  );
}
