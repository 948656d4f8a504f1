import { useRef } from 'react';
import { useActions } from '../../state/hooks';

/** Takes in a file of weights: one more encoder in the list, from which the next run starts. */
export function AddWeights() {
  const { takeWeights } = useActions();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button quiet small" onClick={() => input.current?.click()}>
        Add weights…
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".safetensors"
        aria-label="Weights of another encoder"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) void takeWeights(file);
        }}
      />
    </>
  );
}
