import { useState } from 'react';
import { count } from '../../core/amounts';

/** More steps for a run that has ended: how many, and go. */
export function ExtendRun({ onExtend, disabled = false }: { onExtend(steps: number): void; disabled?: boolean }) {
  const [steps, setSteps] = useState(300);
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
        Train {usable ? count(steps) : 'some'} more steps
      </button>
    </span>
  );
}
