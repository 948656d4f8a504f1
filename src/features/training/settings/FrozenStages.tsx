import { useActions } from '../../../app/store/hooks';
import type { RunConfig } from '../../../core/config';
import { STAGES } from '../../../core/representation';
import { stageHint } from '../../../core/stages';
import { SettingRow } from './Setting';

/** Up to which layer the backbone stays as it is. */
export function FrozenStages({ config: { backbone, frozen } }: { config: RunConfig }) {
  const { configure } = useActions();
  return (
    <SettingRow field="frozen" label="Frozen layers" wide>
      {(id, describedBy, invalid) => (
        <select
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          className="field"
          value={frozen}
          // Only what frozen layers make can be kept.
          onChange={({ target }) => configure({ frozen: Number(target.value), ...(target.value === '0' && NO_VIEWS) })}
        >
          <option value={0}>None: all learn</option>
          {STAGES[backbone].map((name, i) => (
            <option key={name} value={i + 1}>
              Up to {name} ({stageHint(backbone, i)})
            </option>
          ))}
        </select>
      )}
    </SettingRow>
  );
}

const NO_VIEWS = { views: undefined };
