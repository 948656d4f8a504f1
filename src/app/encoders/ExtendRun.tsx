import { useState } from 'react';
import type { Run } from '../../core/records';
import { moreSteps, moreWords } from './moreSteps';

interface ExtendRunProps {
  run: Run;
  onExtend(steps: number): void;
  disabled?: boolean;
}

/** More steps for a run that has ended: how many, and go. */
export function ExtendRun({ run, onExtend, disabled = false }: ExtendRunProps) {
  const [typed, setSteps] = useState<number | null>(null);
  const steps = typed ?? moreSteps(run);
  const usable = Number.isInteger(steps) && steps > 0;
  return (
    <span className="extend">
      <label className="extend-steps">
        <span className="visually-hidden">More steps</span>
        <input
          className="field"
          type="number"
          min={1}
          step={1}
          value={Number.isNaN(steps) ? '' : steps}
          onChange={({ target }) => setSteps(target.valueAsNumber)}
        />
      </label>
      <button type="button" className="button" disabled={disabled || !usable} onClick={() => onExtend(steps)}>
        {usable ? moreWords(steps) : 'Train more steps'}
      </button>
    </span>
  );
}
