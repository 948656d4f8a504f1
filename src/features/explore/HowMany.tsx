import { count } from '../../core/amounts';

interface HowManyProps {
  wanted: number;
  of: number;
  onWanted(wanted: number): void;
}

export function HowMany({ wanted, of, onWanted }: HowManyProps) {
  const most = Math.min(200, of);
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
