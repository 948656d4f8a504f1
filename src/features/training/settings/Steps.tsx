import { useActions } from '../../../app/store/hooks';
import type { RunConfig } from '../../../core/config';
import { NumberInput } from '../../../widgets/NumberInput';
import { SettingRow } from './Setting';

/** Steps for the end that an open-ended run is given when the switch is turned back. */
const FIRST_LOOK = 600;

/** How many steps, or no end. */
export function Steps({ config }: { config: RunConfig }) {
  const { configure } = useActions();
  const open = config.steps === null;
  return (
    <SettingRow field="steps" label="Steps">
      {(id, describedBy, invalid) => (
        <div className="steps-control">
          <NumberInput
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            disabled={open}
            value={config.steps ?? FIRST_LOOK}
            step={100}
            onChange={(steps) => configure({ steps })}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={open}
              onChange={({ target }) => configure({ steps: target.checked ? null : FIRST_LOOK })}
            />
            open end
          </label>
        </div>
      )}
    </SettingRow>
  );
}
