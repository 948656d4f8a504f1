import { useId } from 'react';

interface ChoiceProps<Value extends string> {
  legend: string;
  value: Value;
  options: Record<Value, { title: string; about: string }>;
  onChange: (value: Value) => void;
  why?: string;
}

/** A few alternatives side by side, with what the chosen one means. */
export function Choice<Value extends string>({ legend, value, options, onChange, why }: ChoiceProps<Value>) {
  const name = useId();
  const keys = Object.keys(options) as Value[];
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div className="segments">
        {keys.map((key) => (
          <label key={key} className="segment">
            <input type="radio" name={name} value={key} checked={key === value} onChange={() => onChange(key)} />
            <span>{options[key].title}</span>
          </label>
        ))}
      </div>
      <p className="small muted">
        {options[value].about} {why}
      </p>
    </fieldset>
  );
}
