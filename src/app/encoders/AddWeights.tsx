import { useRef } from 'react';
import { useActions } from '../store/hooks';

interface AddWeightsProps {
  words: string;
  className: string;
  /** What the file input is called for assistive technology. */
  label: string;
  testId?: string;
}

/** Takes in a file of weights: one more encoder in the list, from which the next run starts. */
export function AddWeights({ words, className, label, testId }: AddWeightsProps) {
  const { takeWeights } = useActions();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {words}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".safetensors"
        data-testid={testId}
        aria-label={label}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) void takeWeights(file);
        }}
      />
    </>
  );
}
