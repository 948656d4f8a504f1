import { type InputHTMLAttributes, useState } from 'react';

interface NumberInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'type'> {
  value: number;
  /** Called with numbers only. */
  onChange: (value: number) => void;
}

const written = (value: number): string => String(Number(value.toPrecision(6)));

/** A number to be typed. What is being typed stays as it is, also while it is no number yet. */
export function NumberInput({ value, onChange, className = 'field', step = 'any', ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...rest}
      type="number"
      inputMode="decimal"
      className={className}
      // The browser would refuse values between its steps; ours are only what the arrows do.
      step={step}
      value={typed ?? written(value)}
      onChange={({ target }) => {
        setTyped(target.value);
        if (!Number.isNaN(target.valueAsNumber)) onChange(target.valueAsNumber);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
