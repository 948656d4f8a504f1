interface ThresholdProps {
  words: string;
  title?: string;
  least: number;
  onChange(least: number): void;
}

/** A slider for the least similarity or confidence that is shown. */
export function Threshold({ words, title, least, onChange }: ThresholdProps) {
  return (
    <label className="tidy-threshold" title={title}>
      {words}
      <input
        type="range"
        min={0.3}
        max={1}
        step={0.01}
        value={least}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
      <span className="figure">{least.toFixed(2)}</span>
    </label>
  );
}
